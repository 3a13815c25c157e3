#!/usr/bin/env python3
"""Faults of the disk, the clock, the tree and the operator: what izde promises is kept through each.

    run.py [--full] [--only NAME...] [--bin build/release] [--seed N] [--lanes N] [--json FILE] [--list]

A line for each test with its numbers; `--full` runs as many cases as the docs speak of. Ends with 1
if a promise was broken.
"""
import argparse
import json
import os
import sys
import time

import clock
import disk
import kill
import memory
import overlap
import pointer
import rot
import tree
from bench import Bench, Skipped
from harness import Failed, Programs, scratch

TESTS = {"kill-points": kill.kill_points, "kill-twice": kill.kill_twice, "full-disk": disk.full_disk,
         "small-disk": disk.small_disk, "failing-disk": disk.failing_disk, "rot": rot.rot, "memory": memory.memory, "pointer": pointer.pointer,
         "overlap": overlap.overlap, "clock": clock.clock, "tree": tree.tree, "races": tree.races}
SHOWN = 10  # failures named of each test


def run(name, test, programs, args):
    start = time.monotonic()
    with scratch() as work:
        bench = Bench(programs, work, args.full, args.seed, args.lanes)
        try:
            test(bench)
        except Failed as failure:
            bench.cases += 1
            bench.failures.append(str(failure))
        except Skipped as reason:
            bench.skipped.append(str(reason))
    seconds = time.monotonic() - start
    numbers = ", ".join(f"{what} {number}" for what, number in bench.numbers.items())
    print(f"{name}: {bench.cases - len(bench.failures)} of {bench.cases} in {seconds:.0f} s, seed {args.seed}"
          + (f" ({numbers})" if numbers else ""), flush=True)
    for reason in sorted(set(bench.skipped)):
        print("  skipped:", reason)
    for failure in bench.failures[:SHOWN]:
        print("  failed:", failure)
    if len(bench.failures) > SHOWN:
        print(f"  failed: {len(bench.failures) - SHOWN} more; --json names all")
    return {"test": name, "cases": bench.cases, "failures": bench.failures, "skipped": bench.skipped,
            "numbers": bench.numbers, "seed": args.seed, "seconds": round(seconds, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", nargs="+", choices=TESTS, default=list(TESTS), metavar="NAME")
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--lanes", type=int, default=min(4, len(os.sched_getaffinity(0))))
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--list", action="store_true", help="name the tests")
    args = parser.parse_args()
    if args.list:
        print("\n".join(TESTS))
        return 0
    programs = Programs(args.bin)
    results = [run(name, TESTS[name], programs, args) for name in args.only]
    if args.json:
        with open(args.json, "w", encoding="utf-8") as out:
            json.dump(results, out, ensure_ascii=False, indent=1)
    cases = sum(result["cases"] for result in results)
    failed = sum(len(result["failures"]) for result in results)
    print(f"{cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
