#!/usr/bin/env python3
"""Searches an index over HTTP while it is rebuilt again and again; every answer must be right.

    swap.py [--bin build/release] [--source FOLDER] [--rebuilds 10] [--clients 4]

Without --source a corpus of 5,000 short documents is made from a seed. Each answer must be a 200
of one generation: its hit count for a word that every document holds equals the documents it says
it has. Prints what was asked, the latencies, and ends with 1 if anything failed.
"""
import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time


def make_corpus(folder, count):
    rng = random.Random(20261122)
    words = ["".join(rng.choice(["ra", "port", "ter", "con", "sta", "li", "so"]) for _ in range(rng.randint(1, 4)))
             for _ in range(5000)]
    os.makedirs(folder)
    for i in range(count):
        with open(f"{folder}/{i:05}.txt", "w", encoding="utf-8") as out:
            out.write(f"Title {i}\n\ncommon " + " ".join(rng.choice(words) for _ in range(120)) + ".\n")


class Client(threading.Thread):
    def __init__(self, port, queries, every):
        super().__init__(daemon=True)
        self.port, self.queries, self.every = port, queries, every
        self.over, self.times, self.failures, self.generations = False, [], [], set()

    def run(self):
        connection = None
        rng = random.Random(self.ident)
        while not self.over:
            target = "/api/v1/search?q=" + rng.choice(self.queries)
            start = time.perf_counter()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", target)
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status != 200:
                    self.failures.append((target, response.status))
                elif self.every and target.endswith(self.every) and answer["total"] != answer["index"]["documents"]:
                    self.failures.append((target, "mixed", answer["total"], answer["index"]))
                else:
                    self.generations.add(answer["index"]["generation"])
            except http.client.RemoteDisconnected:
                connection = None  # an idle connection may be closed; the request is asked again
                continue
            except Exception as error:  # noqa: BLE001  every kind counts
                self.failures.append((target, repr(error)))
                connection = None
            self.times.append((time.perf_counter() - start) * 1000)


def wait_for(port, generation):
    """Seconds until searchd serves the generation, counted from the end of the indexer."""
    start = time.perf_counter()
    while time.perf_counter() - start < 30:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/readyz")
        if json.loads(connection.getresponse().read())["generation"] == generation:
            break
        connection.close()
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source")
    parser.add_argument("--rebuilds", type=int, default=10)
    parser.add_argument("--clients", type=int, default=4)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        source = args.source or f"{work}/corpus"
        if not args.source:
            make_corpus(source, 5000)
        rebuild = [f"{args.bin}/izde-indexer", "rebuild", "--quiet", "--index", f"{work}/index", source]
        subprocess.run(rebuild, check=True)
        daemon = subprocess.Popen([f"{args.bin}/izde-searchd", "--index", f"{work}/index", "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, text=True)
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", daemon.stdout.readline())[1])
        every = "" if args.source else "common"
        queries = ["common", "rapport", "title", "terra", "so", "lira"] if every else [
            "oil", "grain+exports", "central+bank", "trade+deficit", "%22prime+rate%22", "japan", "the", "shares+OR+stock"]
        clients = [Client(port, queries, every) for _ in range(args.clients)]
        for client in clients:
            client.start()
        began = time.time()
        noticed = []
        for _ in range(args.rebuilds):
            subprocess.run(rebuild, check=True)
            noticed.append(wait_for(port, open(f"{work}/index/current").read().strip()))
        took = time.time() - began
        for client in clients:
            client.over = True
        for client in clients:
            client.join()
        daemon.terminate()
        stopped = daemon.wait(10)
    times = sorted(t for client in clients for t in client.times)
    failures = [f for client in clients for f in client.failures]
    generations = set().union(*(client.generations for client in clients))
    print(f"{len(times)} requests on {args.clients} connections during {args.rebuilds} rebuilds ({took:.1f} s), "
          f"{len(generations)} generations seen, p50 {times[len(times) // 2]:.2f} ms, "
          f"p99 {times[int(len(times) * 0.99)]:.2f} ms; a new one was served after at most {max(noticed):.2f} s; "
          f"searchd exit {stopped}")
    for failure in failures[:10]:
        print("failed:", failure)
    print(f"{len(times) - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if failures or stopped != 0 or len(generations) < args.rebuilds else 0)


if __name__ == "__main__":
    main()
