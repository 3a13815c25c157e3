#!/usr/bin/env python3
"""Asks a great many different questions and looks at what stays in memory.

    memory.py [--bin build/release] [--source FOLDER | --index DIR] [--queries 100000] [--clients 4] [--megabytes 64]

Queries are one to six words of titles that the index has, with facets, snippets and suggestions now and then. All that
the process holds (RSS, the index's pages that are mapped among it) must be at most so many megabytes in the end. Prints it at
each tenth and ends with 1 if it is more, or if a request failed.
"""
import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
from urllib.parse import quote

from served import Daemon, make_corpus


def words_of(daemon):
    words = set()
    for page in range(1, 21):
        for hit in daemon.get(f"/api/v1/search?q=&per_page=100&page={page}&snippet=300")[1]["hits"]:
            words.update(re.findall(r"\w+", hit["title"]["text"] + " " + "".join(p["t"] for p in hit["snippet"]["parts"])))
    return sorted(words)


def ask(daemon, words, count, seed, failures):
    rng, connection = random.Random(seed), None
    for i in range(count):
        q = quote(" ".join(rng.choices(words, k=rng.randint(1, 6))))
        target = f"/api/v1/search?q={q}" if i % 20 else f"/api/v1/suggest?q={q}"
        if i % 10 == 3:
            target += "&facets=lang,source,author,place,format,year,month&per_page=50"
        for attempt in range(2):
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=60)
                connection.request("GET", target)
                response = connection.getresponse()
                json.loads(response.read())
                if response.status != 200:
                    failures.append((target, response.status))
                break
            except (http.client.HTTPException, OSError) as error:
                connection = None  # may be closed after so many requests
                if attempt:
                    failures.append((target, repr(error)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source")
    parser.add_argument("--index")
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--megabytes", type=float, default=64)
    args = parser.parse_args()
    failures = []
    with tempfile.TemporaryDirectory() as work:
        index = args.index or f"{work}/index"
        if not args.index:
            source = args.source or f"{work}/corpus"
            if not args.source:
                make_corpus(source, 5_000)
            subprocess.run([f"{args.bin}/izde-indexer", "rebuild", "--quiet", "--index", index, source], check=True)
        daemon = Daemon(args.bin, index)
        print("at the start: %.0f MB, %.0f of its own" % daemon.memory())
        words = words_of(daemon)
        for tenth in range(10):
            clients = [threading.Thread(target=ask, args=(daemon, words, args.queries // 10 // args.clients,
                                                          tenth * 100 + i, failures)) for i in range(args.clients)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            print(f"after {(tenth + 1) * args.queries // 10} queries: %.0f MB, %.0f of its own" % daemon.memory(), flush=True)
        total = daemon.memory()[0]
        code = daemon.stop()
    for one in failures[:10]:
        print("failed:", *one)
    if total > args.megabytes:
        print(f"failed: {total:.0f} MB are more than {args.megabytes:.0f}")
    print(f"{len(failures)} requests failed, exit {code}")
    sys.exit(1 if failures or total > args.megabytes or code != 0 else 0)


if __name__ == "__main__":
    main()
