#!/usr/bin/env python3
"""Asks what nobody should, over HTTP: no query, however mean, may cost more than it is worth.

    bombs.py [--bin build/release] [--source FOLDER... | --index DIR | --documents N] [--tries 2000] [--seconds 120] [--seed N]
             [--verbose]

First a list of bombs: each must be refused (4xx) within 20 ms or answered within 500 ms, no answer may be a 5xx, nothing
may end the server, and its memory may grow by 64 MB in all. Then the dearest queries that are allowed, made of the most
frequent words of the corpus. Then a search over the grammar for worse ones: half of the tries are made anew, half
change one of the dearest so far; none may take more than 300 ms of the processor's time. What was too slow is asked
again, up to twice, and the time that the processor was with other programs does not count.

Without --source or --index a corpus of 5,000 documents in four scripts is made from the seed; with --documents one of
as many, of large_corpus.py. Prints the worst of each
part and ends with 1 if anything failed; --verbose prints each.
"""
import argparse
import collections
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from urllib.parse import quote, quote_from_bytes

import large_corpus

REFUSED_MS, ANSWERED_MS, SEARCHED_CPU_MS, MEMORY_MB = 20, 500, 300, 64
MOST_BYTES = 8_000  # of a query; a little less than is allowed


# --- the server and what it costs

def cpu_ms(pid):
    used = waited = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/schedstat", encoding="utf-8") as file:
                numbers = file.read().split()
        except FileNotFoundError:
            continue  # a thread that has ended
        used += int(numbers[0])
        waited += int(numbers[1])
    return used / 1e6, waited / 1e6


class Server:
    def __init__(self, binaries, index):
        self.process = subprocess.Popen([f"{binaries}/izde-searchd", "--index", index, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())[1])

    def memory(self):
        """Megabytes of its own: the pages of the index are the kernel's."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"RssAnon:\s+(\d+)", file.read())[1]) / 1024

    def cpu_ms(self):
        """What it used of the processor, and how long it was ready to while others had it."""
        return cpu_ms(self.process.pid)

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        self.process.terminate()
        return self.process.wait(10)


Cost = collections.namedtuple("Cost", "status ms cpu body")


def exchange(server, request):
    """A whole request as bytes, on a connection of its own."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        (used, waited), (_, waited_here), start = server.cpu_ms(), cpu_ms("self"), time.perf_counter()
        try:
            connection.sendall(request)
        except OSError:
            pass  # it was refused before it was read to its end; the refusal is there to read
        answer = b""
        while True:
            try:
                more = connection.recv(1 << 20)
            except ConnectionResetError:
                break
            if not more:
                break
            answer += more
        took = (time.perf_counter() - start) * 1000
    status = int(answer[9:12]) if answer[:5] == b"HTTP/" else 0
    used_now, waited_now = server.cpu_ms()
    # Less what others made us wait for, but never less than what was done.
    took = max(used_now - used, took - (waited_now - waited) - (cpu_ms("self")[1] - waited_here))
    return Cost(status, took, used_now - used, answer.partition(b"\r\n\r\n")[2])


def get(target):
    target = target if isinstance(target, bytes) else target.encode()
    return b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def search(text, more=""):
    text = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return get("/api/v1/search?q=" + quote_from_bytes(text) + more)


def post(body):
    body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    head = f"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n" \
           f"Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def ask(server, text, more=None):
    """By POST, where a query may be as long as it is allowed to be."""
    return exchange(server, post({"q": text, **(more or {})}))


# --- the bombs

def texts():
    """Queries that are bombs by themselves: name → text."""
    han = "".join(chr(0x4E00 + i * 7 % 20000) for i in range(100_000))
    yield "1 MB of one word", "a" * 1_000_000
    yield "1 MB of words", "word " * 200_000
    yield "10,000 words", " ".join(f"w{i}" for i in range(10_000))
    yield "10,000 parentheses deep", "(" * 10_000 + "a" + ")" * 10_000
    yield "10,000 parentheses, OR in each", "(a OR " * 10_000 + "b" + ")" * 10_000
    yield "10,000 open", "(" * 10_000
    yield "10,000 closed", ")" * 10_000
    yield "100,000 NOT", "NOT b " * 100_000
    yield "1,000 NOT", "NOT b " * 1_000
    yield "1,000 times NOT NOT", "NOT " * 1_000
    yield "w*", "w*"
    yield "*", "*"
    yield "*a*", "*a*"
    yield "?" * 3, "?" * 1_000
    yield "1,000 w*", "w* " * 1_000
    yield "1,000 wo*", "wo* " * 1_000
    yield "1,000 stars", "*" * 1_000
    yield "phrase of 10,000", '"' + "oil " * 10_000 + '"'
    yield "phrase of 1,000", '"' + "the " * 1_000 + '"'
    yield "phrases of 2", '"the of" ' * 1_000
    yield "NEAR/99999", "the NEAR/99999 of"
    yield "NEAR/2^64", "the NEAR/18446744073709551616 of"
    yield "1,000 NEAR", " NEAR/50 ".join(["the"] * 1_000)
    for sign in ('"', "-", "=", ":", "~", "^", "\\", "%", "&", "+", "/", "«", "“", "「", "‘", "title:", "date:", "OR ", "AND "):
        yield f"10,000 {sign}", sign * (10_000 if len(sign) == 1 else 1_500)
    yield "10,000 a.", "a." * 10_000
    yield "4,000 a.", "a." * 4_000
    yield "10,000 a-", "a-" * 10_000
    yield "4,000 a-", "a-" * 4_000
    yield "2,500 a' ", "a' " * 2_500
    yield "4,000 =a", "=a" * 4_000
    yield "4,000 -a", "-a " * 2_600
    yield "100,000 Han", han
    yield "2,700 Han", han[:2_700]
    yield "20,000 Han", han[:20_000]
    yield "2,700 times one Han", "的" * 2_700
    yield "Han and digits", "3月2日" * 700
    yield "Han in quotes", '"' + han[:2_700] + '"'
    yield "Kana", "アイウエオ" * 500
    yield "Thai", "ภาษาไทย" * 380
    yield "4,000 combining accents", "e" + "\u0301" * 4_000
    yield "ZWJ", "a\u200d" * 2_000
    yield "RTL", "\u202eabc\u202c " * 700
    yield "family of emoji", "👨‍👩‍👧‍👦" * 320
    yield "BOM", "\ufeff" * 2_700
    yield "NUL", "a\0b" * 2_700
    yield "unpaired surrogates", "\ud800x\udfff" * 1_100
    yield "tags", "<script>alert(1)</script>" * 300
    yield "fields in fields", "title:(author:(place:(" * 300 + "a" + ")))" * 300
    yield "unknown fields", "no:" * 2_600
    yield "dates", "date:2022-13 date:..2023 " * 300
    yield "digits", "9" * 8_000
    yield "a path", "/" + "../" * 2_600
    yield "an address", "https://user:secret@example.org:99999/a?b=c&d=e#f" * 160
    yield "not UTF-8", b"\xff\xfe\xc0\xaf\xed\xa0\x80\xf8" * 1_000
    yield "half a character", b"\xe6\x96" * 4_000


def requests():
    """Whole requests: name → bytes."""
    for name, text in texts():
        yield name, search(text)
        yield name + ", by POST", post({"q": text}) if isinstance(text, str) else post(b'{"q": "' + text + b'"}')
    for value in ("-1", "0", "2147483648", "4294967296", "9223372036854775808", "1e9", "%205", "5%20", "", "abc", "0x10",
                  "+5", "%D9%A5", "1" * 1000, "NaN"):
        yield f"page={value[:20]}", search("oil", f"&page={value}")
        yield f"per_page={value[:20]}", search("oil", f"&per_page={value}")
        yield f"snippet={value[:20]}", search("oil", f"&snippet={value}")
    yield "page 10,000 of one", search("", "&page=10000&per_page=1")
    yield "page 101 of 100", search("", "&page=101&per_page=100")
    yield "product that wraps", search("", "&page=65536&per_page=65536")
    yield "unknown parameter", search("oil", "&qq=1")
    yield "1,000 unknown parameters", search("oil", "".join(f"&p{i}=1" for i in range(1_000)))
    yield "repeated q", search("oil", "&q=oil")
    yield "101 filters", search("oil", "&lang=en" * 101)
    yield "100 filters of each kind", search("oil", "".join(f"&{n}=v{i}" for n in ("lang", "source", "author", "place", "format")
                                                            for i in range(100)))
    yield "a filter of 4 KB", search("oil", "&author=" + "a%20" * 1_900)
    yield "a filter of words", post({"q": "oil", "author": ["w " * 500] * 60})
    yield "a filter without UTF-8", search("oil", "&author=%FF%FE")
    yield "sort=worst", search("oil", "&sort=worst")
    yield "sort twice", search("oil", "&sort=newest&sort=oldest")
    yield "facets of commas", search("oil", "&facets=" + "," * 5_000)
    yield "facets, each 100 times", search("", "&facets=" + ",".join(["lang,source,author,place,format,year,month"] * 100))
    yield "an unknown facet", search("oil", "&facets=colour")
    yield "from to the end", search("oil", "&from=9999-99-99")
    yield "from after to", search("oil", "&from=2023&to=2022")
    yield "an empty body", post(b"")
    yield "a body of [", post(b"[" * 60_000)
    yield "a body of {", post(b'{"a":' * 12_000)
    yield "a body too long", post(b'{"q": "' + b"a" * 200_000 + b'"}')
    yield "a list of 10,000", post({"q": "oil", "lang": ["en"] * 10_000})
    yield "a list as q", post({"q": ["oil", "gas"]})
    yield "an object as q", post({"q": {"a": "b"}})
    yield "a number as q", post({"q": 1e300})
    yield "surrogates as JSON", post(rb'{"q": "\ud800 \udc00 \udfff"}')
    yield "NUL as JSON", post(rb'{"q": "a\u0000b"}')
    yield "a document without id", get("/api/v1/documents/" + "a" * 4_000)
    yield "a document and a bomb", get("/api/v1/documents/0000000000000000?q=" + "a%20" * 1_500)
    yield "explain and a bomb", get("/api/v1/explain?id=0000000000000000&q=" + "a%20" * 1_500)
    yield "%00 in the path", get("/api/v1/%00search?q=oil")
    yield "half an escape", get("/api/v1/search?q=%")
    yield "escapes that are none", get("/api/v1/search?q=%zz%4")
    yield "raw bytes", get(b"/api/v1/search?q=\xff\xfe\x80")
    yield "only ampersands", get("/api/v1/search?" + "&" * 4_000)
    yield "only equals", get("/api/v1/search?" + "=" * 4_000)


# --- the corpus

def make_corpus(folder, count, seed):
    rng = random.Random(seed)
    parts = [["ra", "port", "ter", "con", "sta", "li", "so"], ["мос", "ков", "ра", "ни", "сто", "ле", "го"],
             ["қа", "ла", "сы", "ның", "бі", "рі", "де"]]
    words = [["".join(rng.choice(each) for _ in range(rng.randint(1, 5))) for _ in range(4_000)] for each in parts]
    words.append(["".join(chr(0x4E00 + rng.randrange(2_500)) for _ in range(rng.randint(1, 4))) for _ in range(4_000)])
    often = [1 / (i + 1) for i in range(4_000)]
    os.makedirs(folder)
    for i in range(count):
        chosen = rng.choice(words)
        body = ("" if chosen is words[-1] else " ").join(rng.choices(chosen, often, k=150))
        with open(f"{folder}/{i:05}.txt", "w", encoding="utf-8") as out:
            out.write(f"Title {i}\n\n{body}.\n")


class Corpus:
    """What the dearest queries are made of: words by how many of a thousand documents have them."""

    def __init__(self, server):
        self.facets = {name: [] for name in ("lang", "source", "author", "place", "format", "year", "month")}
        seen, phrases, runs, self.paragraphs = collections.Counter(), collections.Counter(), collections.Counter(), []
        found = json.loads(exchange(server, search("", "&snippet=0&facets=" + ",".join(self.facets))).body)
        for name in self.facets:
            self.facets[name] = [one["value"] for one in found["facets"][name]]
        self.size, self.longest, most = found["total"], "", -1
        step = max(1, min(self.size, 10_000) // 1_000)
        for page in range(1, min(self.size, 10_000), step):
            hits = json.loads(exchange(server, search("", f"&snippet=0&per_page=1&page={page}")).body)["hits"]
            if not hits:
                continue
            body = json.loads(exchange(server, get(f"/api/v1/documents/{hits[0]['id']}")).body)["body"]["text"]
            if len(body) > most:
                self.longest, most = hits[0]["id"], len(body)
            tokens = re.findall(r"\w+", body.lower())
            seen.update(set(tokens))
            runs.update(set(re.findall(r"[\u4e00-\u9fff]{2,}", body)))
            phrases.update(set(zip(tokens, tokens[1:], tokens[2:])))
            self.paragraphs += [line for line in body.split("\n") if len(line) > 300][:2]
        usual = [word for word, _ in seen.most_common() if not re.search(r"[\u3040-\u9fff]", word)]
        self.words = usual[:2_000] or ["word"]
        self.long = [word for word in usual[:20_000] if len(word) >= 5] or self.words
        self.beginnings = [one for one, _ in collections.Counter(word[:2] for word in usual).most_common(100)]
        self.phrases = [" ".join(one) for one, _ in phrases.most_common(500)] or self.words
        self.runs = [one for one, _ in runs.most_common(2_000)] or ["的"]


# What one concept is called in many ways; each is widened by the aliases.
NAMES = ["Urumqi", "Tokayev", "Xi Jinping", "Putin", "Kazakhstan", "China", "Russia", "Beijing", "Moscow", "Astana", "Almaty",
         "Nazarbayev", "Xinjiang", "Uzbekistan", "Kyrgyzstan", "Turkey", "Ukraine", "Germany", "United States", "Shanghai"]


def dearest(corpus):
    """The dearest allowed ones that a thinking attacker would try: name → request fields."""
    words, longest = corpus.words, corpus.long
    facets = ",".join(corpus.facets)

    def fill(parts, between=" ", most=MOST_BYTES):
        text = ""
        for part in parts:
            if len((text + between + part).encode()) > most:
                break
            text += (between if text else "") + part
        return text

    yield "the most frequent words", {"q": fill(words)}
    yield "the same with OR", {"q": fill(words, " OR ")}
    yield "frequent longer words", {"q": fill(longest)}
    yield "frequent longer words, OR", {"q": fill(longest, " OR ")}
    yield "frequent words of a longer tail", {"q": fill(longest[1_000:])}
    yield "joined by dots", {"q": fill(words, ".")}
    yield "joined by dots and spaces", {"q": " ".join(fill(words[i * 80:], ".", 500) for i in range(16))}
    yield "longer ones joined by hyphens", {"q": " ".join(fill(longest[i * 80:], "-", 500) for i in range(16))}
    yield "excluded", {"q": fill("-" + word for word in longest)}
    yield "all but excluded", {"q": fill(["-zzqq", *("-" + word for word in longest)])}
    yield "in titles", {"q": fill("title:" + word for word in longest)}
    yield "in a title, joined", {"q": "title:(" + fill(longest, " OR ", 7_000) + ")"}
    yield "prefixes", {"q": fill(one + "*" for one in corpus.beginnings)}
    yield "prefixes with OR", {"q": fill((one + "*" for one in corpus.beginnings), " OR ")}
    yield "prefixes, then words", {"q": fill([*(one + "*" for one in corpus.beginnings[:8]), *longest])}
    yield "phrases", {"q": fill(f'"{one}"' for one in corpus.phrases)}
    yield "phrases with OR", {"q": fill((f'"{one}"' for one in corpus.phrases), " OR ")}
    yield "a phrase of frequent words", {"q": '"' + fill(words, most=500) + '"'}
    yield "phrases of frequent words", {"q": " ".join('"' + fill(words[i * 3:], most=480) + '"' for i in range(16))}
    yield "the same with OR, long", {"q": " OR ".join('"' + fill(words[i * 3:], most=480) + '"' for i in range(16))}
    yield "a phrase of one word", {"q": '"' + fill(words[:1] * 500, most=500) + '"'}
    yield "phrases of one word with OR", {"q": " OR ".join('"' + fill([word] * 500, most=480) + '"' for word in words[:16])}
    yield "NEAR", {"q": fill(words, " NEAR/50 ")}
    yield "NEAR of two, OR", {"q": fill((f"{a} NEAR/50 {b}" for a, b in zip(words, words[1:])), " OR ")}
    yield "NEAR of one word", {"q": fill(words[:1] * 200, " NEAR/50 ")}
    yield "names with aliases", {"q": fill(NAMES * 20)}
    yield "names with aliases, OR", {"q": fill(NAMES * 20, " OR ")}
    yield "names joined", {"q": " ".join(fill((NAMES * 20)[i:], "-", 500) for i in range(16))}
    yield "unknown long words", {"q": fill("Zq" + word + "vkx" for word in longest)}
    yield "unknown names", {"q": fill(word.capitalize()[:-1] + "yev" for word in longest)}
    yield "misspelt", {"q": fill(word[:3] + word[4] + word[3] + word[5:] for word in longest)}
    yield "Han, words in a row", {"q": fill(corpus.runs, "")}
    yield "Han, words apart", {"q": fill(corpus.runs)}
    yield "Han, phrases", {"q": fill(f'"{one}"' for one in corpus.runs)}
    yield "Han in pieces of 500", {"q": " ".join(fill(corpus.runs[i * 50:], "", 500) for i in range(16))}
    yield "a paragraph", {"q": fill(corpus.paragraphs[:1] or ["none"])}
    yield "paragraphs", {"q": fill(corpus.paragraphs)}
    yield "everything, all facets", {"q": "", "facets": facets}
    yield "everything, deep", {"q": "", "page": 100, "per_page": 100}
    yield "everything, deep, oldest", {"q": "", "page": 100, "per_page": 100, "sort": "oldest"}
    yield "a frequent word, deep", {"q": words[0], "page": 100, "per_page": 100}
    yield "100 hits with long snippets", {"q": fill(longest[:20], " OR "), "per_page": 100, "snippet": 1000}
    yield "words, 100 hits, facets", {"q": fill(longest), "per_page": 100, "snippet": 1000, "facets": facets}
    yield "OR, deep, facets, oldest", {"q": fill(longest, " OR "), "page": 100, "per_page": 100, "facets": facets, "sort": "oldest"}
    yield "100 filters", {"q": fill(longest[:20], " OR "), **{name: (corpus.facets[name] * 100)[:100] or ["x"]
                                                               for name in ("lang", "source", "author", "place", "format")}}
    yield "a range of days", {"q": fill(longest, " OR "), "from": "1900-01-02", "to": "2099-12-30", "undated": "include"}
    yield "ranges of days", {"q": fill(f"date:19{i % 90 + 10}-01-02..20{i % 90 + 10}-03-04" for i in range(300))}
    yield "ranges of days with OR", {"q": fill((f"date:19{i % 90 + 10}-01-02..20{i % 90 + 10}-03-04" for i in range(300)), " OR ")}
    yield "fields of many words", {"q": " ".join(f"{field}:\"{fill(words, most=400)}\"" for field in
                                                 ("author", "source", "place", "path", "title", "boilerplate") * 3)}
    yield "deep and wide", {"q": "(" * 8 + fill((f"({a} OR {b})" for a, b in zip(longest, words)), " ", 7_000) + ")" * 8}


# --- the search for worse

class Grammar:
    def __init__(self, corpus, rng):
        self.corpus, self.rng = corpus, rng

    def leaf(self):
        rng, corpus = self.rng, self.corpus
        word = rng.choice(corpus.words[:60] if rng.random() < 0.4 else rng.choice((corpus.words, corpus.long)))
        kind = rng.random()
        if kind < 0.35:
            return word
        if kind < 0.45:
            return rng.choice(corpus.beginnings) + "*"
        if kind < 0.60:
            phrase = rng.choice(corpus.phrases) if rng.random() < 0.6 else " ".join(rng.choices(corpus.words[:30], k=rng.randint(2, 60)))
            return f'"{phrase}"'
        if kind < 0.66:
            return f" NEAR/{rng.choice((1, 5, 50))} ".join(rng.choices(corpus.words[:100], k=rng.randint(2, 12)))
        if kind < 0.72:
            return rng.choice(".-/'").join(rng.choices(corpus.words[:300], k=rng.randint(2, 60)))
        if kind < 0.78:
            return rng.choice(NAMES)
        if kind < 0.83:
            return "".join(rng.choices(corpus.runs, k=rng.randint(1, 30)))
        if kind < 0.86:
            return f"date:{rng.randint(1900, 1990)}-02-03..{rng.randint(1991, 2060)}"
        if kind < 0.93:
            return "=" + word
        return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(5, 14)))

    def part(self, depth=3):
        rng = self.rng
        kind = rng.random()
        if depth == 0 or kind < 0.55:
            return self.leaf()
        if kind < 0.75:
            return " OR ".join(self.part(depth - 1) for _ in range(rng.randint(2, 12)))
        if kind < 0.87:
            return "(" + " ".join(self.part(depth - 1) for _ in range(rng.randint(2, 8))) + ")"
        if kind < 0.94:
            return "title:(" + self.part(depth - 1) + ")"
        return "-(" + self.part(depth - 1) + ")"

    def fields(self):
        rng = self.rng
        return {"page": rng.choice((1, 1, 10, 100)), "per_page": rng.choice((10, 100)), "snippet": rng.choice((0, 200, 1000)),
                "sort": rng.choice(("relevance", "newest", "oldest")),
                "facets": ",".join(rng.sample(list(self.corpus.facets), rng.choice((0, 0, 3, 7))))}

    def query(self):
        return [self.part() for _ in range(self.rng.choice((1, 3, 10, 40)))], self.fields()

    def changed(self, parts, fields):
        rng = self.rng
        parts, fields = list(parts), dict(fields)
        kind = rng.random()
        if kind < 0.4:
            parts += [self.part() for _ in range(rng.randint(1, 8))]
        elif kind < 0.6:
            parts[rng.randrange(len(parts))] = self.part()
        elif kind < 0.75:
            parts = parts * 2
        elif kind < 0.85:
            parts = [" OR ".join(parts)]
        elif len(parts) > 1:
            parts.pop(rng.randrange(len(parts)))
        if rng.random() < 0.3:
            fields = self.fields()
        while len(parts) > 1 and len(" ".join(parts).encode()) > MOST_BYTES:
            parts.pop(rng.randrange(len(parts)))
        return parts, fields


def text_of(parts):
    return " ".join(parts).encode()[:MOST_BYTES].decode(errors="ignore")


# --- the run

class Run:
    def __init__(self, server, verbose):
        self.server, self.verbose, self.failures = server, verbose, []

    def cost(self, request, too_dear):
        """Asked again while it is too dear: the machine may have been busy with others."""
        best = exchange(self.server, request)
        for _ in range(2):
            if not too_dear(best):
                break
            again = exchange(self.server, request)
            best = min(best, again, key=lambda cost: cost.ms)
        return best

    def check(self, name, cost, fine, why):
        if self.verbose:
            print(f"  {cost.status} {cost.ms:8.1f} ms {cost.cpu:8.1f} cpu {self.server.memory():6.0f} MB  {name}")
        if not self.server.alive():
            self.failures.append((name, "the server ended"))
        elif not fine:
            self.failures.append((name, why))

    def bomb(self, name, request):
        def too_dear(cost):
            return cost.ms > (ANSWERED_MS if cost.status == 200 else REFUSED_MS)
        cost = self.cost(request, too_dear)
        fine = (cost.status == 200 or 400 <= cost.status < 500) and not too_dear(cost)
        self.check(name, cost, fine, f"{cost.status} in {cost.ms:.0f} ms")
        return cost

    def allowed(self, name, fields):
        cost = self.bomb(name, post(fields))
        if cost.status != 200:
            self.failures.append((name, f"{cost.status}, though it is allowed: {cost.body[:200]}"))
        return cost

    def worse(self, corpus, tries, seconds, seed):
        """The dearest of so many tries, or of those that fit into the time, by the processor's time."""
        rng = random.Random(seed)
        grammar, top, costs = Grammar(corpus, rng), [], []
        end = time.monotonic() + seconds
        for _ in range(tries):
            if time.monotonic() > end:
                break
            parts, fields = grammar.query() if not top or rng.random() < 0.5 else grammar.changed(*rng.choice(top)[2:])
            request = post({"q": text_of(parts), **fields})
            cost = exchange(self.server, request)
            if not self.server.alive() or cost.status != 200:
                self.failures.append((text_of(parts)[:300], f"{cost.status} {cost.body[:200]}"))
                if not self.server.alive():
                    break
                continue
            costs.append(cost.cpu)
            if len(top) < 10 or cost.cpu > top[-1][0]:
                cpu = min(cost.cpu, exchange(self.server, request).cpu)  # by chance nobody becomes the dearest
                top = sorted([*top, (cpu, cost.ms, parts, fields)], key=lambda one: -one[0])[:10]
        if top and top[0][0] > SEARCHED_CPU_MS:
            self.failures.append((json.dumps({"q": text_of(top[0][2]), **top[0][3]}, ensure_ascii=False),
                                  f"{top[0][0]:.0f} ms of the processor's time"))
        if self.verbose:
            for cpu, ms, parts, fields in top:
                print(f"  {cpu:.0f} cpu {ms:.0f} ms", json.dumps({**fields, "q": text_of(parts)}, ensure_ascii=False)[:600])
        return top, sorted(costs)


def serve(args, work):
    if args.index:
        return Server(args.bin, args.index)
    sources = args.source or [f"{work}/corpus"]
    if not args.source and args.documents:
        sources = [f"{work}/corpus.jsonl"]
        large_corpus.write(sources[0], args.documents, args.seed)
    elif not args.source:
        make_corpus(sources[0], 5_000, args.seed)
    subprocess.run([f"{args.bin}/izde-indexer", "rebuild", "--quiet", "--index", f"{work}/index", *sources], check=True)
    return Server(args.bin, f"{work}/index")


def say(what, costs):
    slowest = max(costs, key=lambda one: one[1].ms)
    dearest_one = max(costs, key=lambda one: one[1].cpu)
    print(f"{what}: {len(costs)}, slowest {slowest[1].ms:.0f} ms ({slowest[0]}), "
          f"dearest {dearest_one[1].cpu:.0f} ms of the processor ({dearest_one[0]})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source", nargs="+")
    parser.add_argument("--index")
    parser.add_argument("--documents", type=int, help="of a made-up corpus")
    parser.add_argument("--tries", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        server = serve(args, work)
        run = Run(server, args.verbose)
        corpus = Corpus(server)
        before = server.memory()
        say("bombs", [(name, run.bomb(name, request)) for name, request in requests()])
        say("dearest allowed", [(name, run.allowed(name, fields)) for name, fields in dearest(corpus)])
        top, costs = run.worse(corpus, args.tries, args.seconds, args.seed)
        say("explained", [(name, run.bomb(name, get(f"/api/v1/explain?id={corpus.longest}&q=" + quote(fields["q"])[:7_900].rpartition("%20")[0])))
                          for name, fields in dearest(corpus) if fields.keys() == {"q"}])
        grown = server.memory() - before
        if grown > MEMORY_MB:
            run.failures.append(("memory", f"{grown:.0f} MB more than before"))
        code = server.stop() if server.alive() else server.process.returncode
        if code != 0:
            run.failures.append(("the server", f"ended with {code}"))
    if costs:
        print(f"searched: {len(costs)} tries, p50 {costs[len(costs) // 2]:.1f} ms, p99 {costs[int(len(costs) * .99)]:.1f} ms, "
              f"worst {top[0][0]:.0f} ms of the processor's time:")
        print("  " + json.dumps({"q": text_of(top[0][2])[:400], **top[0][3]}, ensure_ascii=False))
    print(f"memory: {before:.0f} MB, then {before + grown:.0f} MB; {corpus.size} documents; seed {args.seed}")
    for name, why in run.failures[:20]:
        print("failed:", name, "|", why)
    print(f"{len(run.failures)} failed")
    sys.exit(1 if run.failures else 0)


if __name__ == "__main__":
    main()
