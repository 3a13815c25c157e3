#!/usr/bin/env python3
"""Searches an index over HTTP while new generations are published; every answer must be right, and nothing may leak.

    swap.py [--bin build/release] [--source FOLDER] [--swaps 50] [--clients 16] [--requests 100000] [--documents 2000]

Without --source a corpus of short documents is made from a seed. A new generation is published by `update` after a
document is added, each tenth time by `rebuild`. Each answer must be a 200 of one generation: its hit count for a word
that every document holds equals the documents it says it has, and these are as many as that generation was built of.
Afterwards searchd must have as many open files as before, give or take two, none of them removed, and must count as many
swaps. Goes on until both numbers are reached; prints what was asked and the latencies; ends with 1 if anything failed.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time

from served import Client, Daemon, make_corpus, percentile, wait_until


class Publisher:
    def __init__(self, binaries, index, source):
        self.binaries, self.index, self.source, self.built_of, self.count = binaries, index, source, {}, 0

    def publish(self, command):
        with open(f"{self.source}/added-{self.count:05}.txt", "w", encoding="utf-8") as out:
            out.write(f"Added {self.count}\n\ncommon rapport terra {self.count}.\n")
        self.count += 1
        subprocess.run([f"{self.binaries}/izde-indexer", command, "--quiet", "--jobs", "1", "--index", self.index,
                        self.source], check=True)
        generation = open(f"{self.index}/current", encoding="utf-8").read().strip()
        with open(f"{self.index}/generations/{generation}/manifest.json", encoding="utf-8") as file:
            self.built_of[generation] = json.load(file)["documents"]
        return generation


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source")
    parser.add_argument("--swaps", type=int, default=50)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=2_000)
    args = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as work:
        source = args.source or f"{work}/corpus"
        if not args.source:
            make_corpus(source, args.documents)
        publisher = Publisher(args.bin, f"{work}/index", source)
        publisher.publish("rebuild")
        daemon = Daemon(args.bin, f"{work}/index")

        def check(target, answer):
            index = answer["index"]
            if not target.endswith("=common") or answer["timed_out"]:
                return None
            if args.source is None and answer["total"] != index["documents"]:
                return ("mixed", answer["total"], index)
            return None

        targets = ["/api/v1/search?q=" + q for q in ("common", "rapport", "title", "terra", "so", "lira", "common")]
        quiet = Client(daemon.port, targets, check, most=500)
        quiet.start()
        quiet.join()
        clients = [Client(daemon.port, targets, check, seed=i) for i in range(args.clients)]
        for client in clients:
            client.start()
        wait_until(lambda: sum(len(client.times) for client in clients) > 500, 60)
        files_before = len(daemon.open_files())
        began, noticed = time.time(), []
        while len(noticed) < args.swaps:
            generation = publisher.publish("rebuild" if len(noticed) % 10 == 9 else "update")
            seconds = wait_until(lambda: daemon.get("/readyz")[1]["generation"] == generation, 30)
            if seconds is None:
                wrong.append(f"{generation} was not served within 30 s")
                break
            noticed.append(seconds)
        wait_until(lambda: sum(len(client.times) for client in clients) >= args.requests, 3_600)
        took = time.time() - began

        def leaked():
            return [path for path in daemon.open_files() if path.endswith(" (deleted)")]

        if wait_until(lambda: not leaked(), 10) is None:
            wrong.append(f"removed files are still open: {leaked()[:3]}")
        # More of the pool's readers may be in use than before, with two files each, and for a moment the generation
        # before the last; the rest must be the same.
        settled = wait_until(lambda: len(daemon.open_files()) <= files_before + 2, 10)
        files = len(daemon.open_files())
        if settled is None:
            wrong.append(f"{files} files are open, where there were {files_before}")
        for client in clients:
            client.over = True
        for client in clients:
            client.join()
        memory = daemon.memory()
        stopped = daemon.stop()
    times = [t for client in clients for t in client.times]
    failures = quiet.failures + [f for client in clients for f in client.failures]
    generations = set().union(*(client.generations for client in clients))
    print(f"{len(times)} requests on {args.clients} connections during {len(noticed)} swaps ({took:.1f} s), "
          f"{len(generations)} generations seen, p50 {percentile(times, .5):.2f} ms, p99 {percentile(times, .99):.2f} ms "
          f"(one client alone: {percentile(quiet.times, .5):.2f}, {percentile(quiet.times, .99):.2f}); a new one was served "
          f"after at most {max(noticed, default=0):.2f} s; open files {files_before}, then {files}; "
          f"memory {memory[0]:.0f} MB; searchd exit {stopped}")
    wrong += [f"{target}: {what}" for target, what in failures[:10]]
    if stopped != 0:
        wrong.append(f"searchd ended with {stopped}")
    if len(generations) < args.swaps:
        wrong.append(f"only {len(generations)} generations were seen")
    for one in wrong:
        print("failed:", one)
    print(f"{len(times) - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
