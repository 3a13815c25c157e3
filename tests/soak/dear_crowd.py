#!/usr/bin/env python3
"""Asks the dearest queries that are allowed from many connections at once, while honest clients search.

    dear_crowd.py [--bin build/release] [--index DIR | --documents 5000] [--connections 64] [--requests 400] [--queries N]
                  [--seed N] [--most-p99 MS] [--json FILE]

The crowd asks the bombs of bombs.py without a pause: first all from one address, whose turn comes once in each round, then
each connection from an address of its own. It must get answers or 503 and nothing else, honest clients of the first phase
answers only, those of the second at worst a 503. Honest searches are timed quiet, in both phases and
after; the server must be there at the end and stop well. With --most-p99 the first phase may not be slower for honest
clients. --queries: only so many of the bombs. Prints figures, and ends with 1 if a promise was not kept.
"""
import argparse
import collections
import itertools
import tempfile
import threading
import time

import bombs
from connected import connect
from crowd import Honest, read_answer
from served import is_sanitized, percentile, report

MEMORY_MB = 64
LANES = 4  # of honest clients


class Asker(threading.Thread):
    """One connection of the crowd, renewed when the server ends it."""

    def __init__(self, port, source, requests, over):
        super().__init__(daemon=True)
        self.port, self.source, self.requests, self.over = port, source, requests, over
        self.counts, self.refused_ms = collections.Counter(), []

    def run(self):
        client = None
        for request in self.requests:
            if self.over.is_set():
                break
            start = time.perf_counter()
            try:
                client = client or connect(self.port, self.source)
                client.settimeout(60)
                client.sendall(request)
                answer = read_answer(client)
            except OSError:
                answer = b""
            status = answer[9:12].decode() or "none"
            self.counts[status] += 1
            if status == "503":
                self.refused_ms.append((time.perf_counter() - start) * 1000)
            if not answer or b"Connection: close" in answer:
                if client:
                    client.close()
                client = None
        if client:
            client.close()


def besiege(server, requests, sources, count):
    """Figures of the crowd, and of honest clients while it is there."""
    over = threading.Event()
    # Each begins elsewhere in the list.
    crowd = [Asker(server.port, source, itertools.islice(itertools.cycle(requests), i, None), over)
             for i, source in enumerate(sources)]
    honest = Honest(server.port, count, LANES)  # its processes are made before there are threads
    for one in crowd:
        one.start()
    figures = {"honest": honest.figures()}
    over.set()
    counts = collections.Counter()
    for one in crowd:
        one.join(90)
        counts.update(one.counts)
    refused = [ms for one in crowd for ms in one.refused_ms]
    return {**figures, "crowd": counts, "refused_p99_ms": round(percentile(refused, .99), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source", nargs="+")
    parser.add_argument("--index")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--queries", type=int)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--most-p99", type=float)
    parser.add_argument("--json")
    args = parser.parse_args()
    failures, figures = [], {}
    with tempfile.TemporaryDirectory() as work:
        server = bombs.serve(args, work)
        corpus = bombs.Corpus(server)
        requests = [bombs.post(fields).replace(b"Connection: close\r\n", b"") for _, fields in bombs.dearest(corpus)]
        requests = requests[:args.queries]
        figures["quiet"] = Honest(server.port, args.requests, LANES).figures()
        memory = server.memory()
        for phase, sources in (("one_address", ["127.2.0.1"] * args.connections),
                               ("many_addresses", [f"127.3.0.{i + 1}" for i in range(args.connections)])):
            figures[phase] = besiege(server, requests, sources, args.requests)
            strange = set(figures[phase]["crowd"]) - {"200", "503"}
            if strange:
                failures.append(f"{phase}: the crowd got {', '.join(sorted(strange))}")
        figures["memory_mb"] = round(server.memory() - memory, 1)
        figures["after"] = Honest(server.port, args.requests, LANES).figures()
        honest = figures["one_address"]["honest"]
        if honest["failed"] or figures["after"]["failed"]:
            failures.append("honest requests failed")
        if args.most_p99 and honest["p99_ms"] > args.most_p99:
            failures.append(f"honest clients waited for {honest['p99_ms']} ms")
        if figures["memory_mb"] > MEMORY_MB and not is_sanitized(args.bin):
            failures.append("too much memory")
        figures["exit"] = server.stop() if server.alive() else server.process.returncode
        if figures["exit"] != 0:
            failures.append("the server did not end well")
    report(figures, failures, args.json)


if __name__ == "__main__":
    main()
