#!/usr/bin/env python3
"""Whether every snippet keeps its promises, over any folder of texts.

    snippets.py [--bin build/release] [--queries 1000] FOLDER...

Builds an index of the folders and asks it words, phrases, beginnings of words and pieces of Chinese taken from its own
texts. Of each hit: the snippet is a part of the text, cut at words; it is no wider than asked for, by more than a
word; `parts` and `html` say the same; what is marked begins and ends with a word, and is one of those that were asked
for or found in their place; where the whole text has a mark, the snippet or the title has one. A quoted phrase finds
the document it was taken from. Ends with 1 if any promise is broken, and names the first cases of each.
"""
import argparse
import collections
import html
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse

WIDTH = 200
HAN = re.compile(r"[\u2E80-\u2FDF\u3005-\u3007\u3041-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF"
                 r"\uFF66-\uFF9F\U00020000-\U0003FFFF]")


class Server:
    def __init__(self, folder, index):
        self.process = subprocess.Popen([f"{folder}/izde-searchd", "--index", index, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        self.connection.request("GET", "/api/v1/" + path + query)
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"{path}{query}: {response.status} {answer}")
        return answer

    def stop(self):
        self.process.terminate()
        self.process.wait()


def plain(shown):
    return "".join(part["t"] for part in shown["parts"])


def marks(shown):
    return [part["t"] for part in shown["parts"] if part.get("m")]


def one_line(text):
    return " ".join(text.replace("\0", "").split())


def columns(text):
    width = 0
    for c in text:
        if unicodedata.category(c) not in ("Mn", "Me", "Cf"):
            width += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return width


def is_letter(c):
    return unicodedata.category(c)[0] in "LN" and not HAN.match(c)


def cuts_word(text, at):
    """Whether `at` parts a letter from a letter or its mark."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return True
    return is_letter(before) and is_letter(after)


def faults_of_part(body, snippet):
    """What is wrong with where a snippet was cut, [] if nothing."""
    part = snippet
    front = part.startswith("… ")
    part = part[2:] if front else part
    back = part.endswith("…")
    cut = part.endswith(" …")
    part = part[:-2] if cut else part[:-1] if back else part
    at = body.find(part)
    if at < 0:
        # Text may itself begin or end with an ellipsis.
        return [] if snippet in body else ["is no part of the text"]
    if back and not cut:
        return []  # one word wider than the window
    while at >= 0:
        if not cuts_word(body, at) and not cuts_word(body, at + len(part)):
            return []
        at = body.find(part, at + 1)
    return ["cuts a word"]


def check(server, hit, title_marked, problems, query):
    def fault(kind, detail):
        problems[kind].append(f"{query!r} {hit['path']}: {detail}")

    snippet = plain(hit["snippet"])
    if html.unescape(re.sub(r"</?mark>", "", hit["snippet"]["html"])) != snippet:
        fault("parts and html differ", snippet)
    marked = [html.unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", hit["snippet"]["html"], re.S)]
    if marked != marks(hit["snippet"]):
        fault("marks of parts and html differ", marked)
    if any("\n" in text or "  " in text for text in [snippet]):
        fault("more than one line", repr(snippet))
    document = server.get(f"documents/{hit['id']}", q=query)
    body = one_line(plain(document["body"]))
    for what in faults_of_part(body, snippet):
        fault(what, repr(snippet))
    longest = max((columns(word) for word in re.split(r"\s+", snippet)), default=0)
    if columns(snippet) > WIDTH + longest:
        fault("too wide", f"{columns(snippet)} columns")
    body_marks = {one_line(mark) for mark in marks(document["body"])}
    for mark in marks(hit["snippet"]):
        if one_line(mark) not in body_marks and not any(one_line(mark) in other for other in body_marks):
            fault("marks what the text has not marked", repr(mark))
    if body_marks and not marks(hit["snippet"]):
        fault("no mark, though the text has one", repr(snippet))


def queries_of(documents, count, rng):
    """(kind, query, id of the document it is from)"""
    made = []
    kinds = ["words", "words", "phrase", "phrase", "beginning"]
    while len(made) < count:
        identifier, body = rng.choice(documents)
        kind = rng.choice(kinds)
        paragraph = rng.choice(body.split("\n\n"))
        words = re.findall(r"[^\W_]+", paragraph)
        han = re.findall(HAN.pattern + "{2,}", paragraph)
        if han and rng.random() < 0.7:
            run = rng.choice(han)
            length = min(len(run), rng.randint(2, 8))
            at = rng.randrange(len(run) - length + 1)
            piece = run[at:at + length]
            made.append(("phrase", f'"{piece}"', identifier) if kind == "phrase" else ("words", piece, identifier))
            continue
        if len(words) < 6:
            continue
        if kind == "words":
            made.append((kind, " ".join(rng.sample(words, rng.randint(1, 4))), identifier))
        elif kind == "beginning":
            long = [word for word in words if len(word) > 4]
            if long:
                word = rng.choice(long)
                made.append((kind, word[:rng.randint(3, len(word) - 1)] + "*", identifier))
        else:
            tokens = paragraph.split()
            length = rng.randint(2, 5)
            if len(tokens) < length:
                continue
            at = rng.randrange(len(tokens) - length + 1)
            phrase = " ".join(tokens[at:at + length])
            if re.search(r'["“”„«»‘’「」『』《》‹›\\]', phrase) or len(re.findall(r"[^\W_]+", phrase)) < 2:
                continue
            made.append((kind, f'"{phrase}"', identifier))
    return made


def documents_of(server, rng, wanted):
    """Some documents of the index, with their bodies."""
    found = {}
    total = server.get("search", q="", per_page=1)["total"]
    pages = max(1, min(total, 10000) // 100)
    while len(found) < min(wanted, total):
        before = len(found)
        for hit in server.get("search", q="", per_page=100, page=rng.randint(1, pages), snippet=0)["hits"]:
            if len(found) < wanted and (rng.random() < 0.3 or before == len(found)):
                found[hit["id"]] = plain(server.get(f"documents/{hit['id']}")["body"])
        if len(found) == before:
            break
    return [(identifier, body) for identifier, body in sorted(found.items()) if len(body) > 40]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--index", help="an index of the folders that is there already")
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()

    rng = random.Random(20261122)
    problems = collections.defaultdict(list)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as made:
        index = options.index or made
        if not options.index:
            subprocess.run([f"{options.bin}/izde-indexer", "rebuild", "--quiet", "--index", index, *options.folders],
                           check=False)
        server = Server(options.bin, index)
        try:
            documents = documents_of(server, rng, 600)
            for kind, query, identifier in queries_of(documents, options.queries, rng):
                answer = server.get("search", q=query, snippet=WIDTH, collapse="off")
                counts[kind] += 1
                counts["without hits"] += not answer["hits"]
                for hit in answer["hits"]:
                    counts["hits"] += 1
                    counts["marked"] += bool(marks(hit["snippet"]) or marks(hit["title"]))
                    check(server, hit, marks(hit["title"]), problems, query)
                if kind == "phrase":
                    if any("No document has that phrase" in warning for warning in answer["query"]["warnings"]):
                        problems["a phrase of a document is not found"].append(query)
                    elif any(hit["id"] == identifier for hit in answer["hits"]):
                        counts["phrases that showed their document"] += 1
                    elif answer["total"] <= 10:
                        problems["a phrase does not find its document"].append(f"{query} {identifier}")
        finally:
            server.stop()
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    for kind, cases in problems.items():
        print(f"{kind}: {len(cases)}")
        for case in cases[:5]:
            print(f"  {case}")
    sys.exit(1 if problems else 0)


main()
