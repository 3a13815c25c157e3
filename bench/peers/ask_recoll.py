"""ask_recoll.py CONFIGURATION QUERIES ROUNDS: asks recollq, a process a query, and prints samples (see asked.hpp)."""
import subprocess
import sys
import time


def main():
    configuration, path, rounds = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        queries = [line.rstrip("\n").split("\t") for line in file]
    for kind, _, typed, _, _ in queries:
        if kind in ("filter", "facets"):
            continue
        took, hits = [], 0
        for _ in range(int(rounds) + 1):
            start = time.perf_counter()
            shown = subprocess.run(["recollq", "-c", configuration, "-n", "10", "-A", "-q", typed], capture_output=True,
                                   text=True, errors="replace", check=False).stdout
            took.append((time.perf_counter() - start) * 1000)
            hits = shown.count("file://")
        print("snippets", kind, hits, 0, *(f"{one:.4f}" for one in took[1:]), sep="\t")


main()
