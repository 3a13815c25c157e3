#!/usr/bin/env python3
"""What the variants of names do to ordinary searches: how many of them are widened, what changes, what it costs.

    variants.py [--bin build/release] [--words 500] FOLDER...

Words of middle frequency that a corpus mostly has in lower case are asked with and without variants; so are names,
words that it mostly has with a capital. Prints the share of ordinary words that were widened, those words, whether the
first ten hits of the others are the same both ways, and the median time of both. Ends with 1 if more than one in
a hundred ordinary words is widened, or if the hits of another one differ.
"""
import argparse
import collections
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse


def words_of(folders):
    """word → [lower, capital inside of sentences], of every text below the folders."""
    seen = collections.defaultdict(lambda: [0, 0])
    for folder in folders:
        for place, _, files in os.walk(folder):
            for name in files:
                with open(os.path.join(place, name), encoding="utf-8", errors="replace") as file:
                    for before, word in re.findall(r"(\w,? )([^\W\d_]{4,})", file.read()):
                        seen[word.lower()][word[0].isupper()] += 1
    return seen


def ask(connection, text, variants):
    start = time.perf_counter()
    connection.request("GET", "/api/v1/search?" + urllib.parse.urlencode({"q": text, "variants": variants}))
    answer = json.loads(connection.getresponse().read())
    took = time.perf_counter() - start
    return took * 1000, answer["query"]["expansions"], [(hit["id"], hit["score"], hit["snippet"]) for hit in answer["hits"]]


def compare(connection, words):
    widened, changed, times = {}, [], {"on": [], "off": []}
    for word in words:
        on, expansions, with_variants = ask(connection, word, "on")
        off, _, without = ask(connection, word, "off")
        times["on"].append(on)
        times["off"].append(off)
        if expansions:
            widened[word] = expansions[0]["also"]
        elif with_variants != without:
            changed.append(word)
    return widened, changed, {key: statistics.median(values) for key, values in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()

    seen = words_of(options.folders)
    ordinary = sorted(word for word, (lower, capital) in seen.items() if 20 <= lower <= 500 and capital * 10 < lower)
    names = sorted(word for word, (lower, capital) in seen.items() if capital >= 5 and lower * 10 < capital)
    rng = random.Random(20261122)
    with tempfile.TemporaryDirectory() as index:
        subprocess.run([f"{options.bin}/izde-indexer", "rebuild", "--quiet", "--index", index, *options.folders], check=True)
        server = subprocess.Popen([f"{options.bin}/izde-searchd", "--index", index, "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, text=True)
        try:
            port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            ordinary_result = compare(connection, rng.sample(ordinary, min(options.words, len(ordinary))))
            names_result = compare(connection, rng.sample(names, min(options.words, len(names))))
        finally:
            server.terminate()
            server.wait()
    failed = False
    for kind, known, (widened, changed, times) in (("ordinary", ordinary, ordinary_result), ("names", names, names_result)):
        asked = min(options.words, len(known))
        print(f"{kind}: {len(widened)} of {asked} widened ({100 * len(widened) / asked:.1f} %), {len(changed)} of the others "
              f"changed; median {times['on']:.2f} ms with variants, {times['off']:.2f} ms without")
        for word, also in list(widened.items())[:20]:
            print(f"  {word}: {', '.join(also[:6])}")
        failed = failed or bool(changed) or (kind == "ordinary" and len(widened) * 100 > asked)
    sys.exit(1 if failed else 0)


main()
