#!/usr/bin/env python3
"""Indexes a tree of sound documents and of documents made to hurt who reads them.

    documents.py [--bin build/release] [--small] [--keep] [--seed N]

1,000 sound documents of all formats and a hundred bombs (--small: 100 and 15). `rebuild` and `update` must end with
exit code 1, hold every sound document, and of each bomb either a document or the reason why not; nothing may be read of a
file that bombs ask for; a second run does not try again what ended its reader. All processes together may take 512 MB. Each
bomb is then indexed alone, in at most 10 s of the processor's time and 20 s on the clock, and a tenth of a millisecond more for
each document it holds. Prints the numbers, and ends
with 1 if a promise was not kept.
"""
import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from bomb_documents import bombs
from good_documents import documents

MEMORY_MB, CPU_SECONDS, SECONDS = 512, 10, 20
# Until a reader that took its time is ended; and what a document costs that is indexed, so that one file may be a million.
SLACK_SECONDS, SECONDS_A_DOCUMENT = 2, 1e-4
SECRET = "zqsecretofthisfile"
failures = []


def require(truth, *what):
    if not truth:
        failures.append(" ".join(str(one) for one in what))
        print("FAILED:", *what, flush=True)


def write(folder, path, content):
    place = os.path.join(folder, path)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        if isinstance(content, tuple):
            _, size, begin, end = content
            file.write(begin)
            file.truncate(size)
            file.seek(size - len(end))
            file.write(end)
        else:
            file.write(content.encode() if isinstance(content, str) else content)


# --- what a run costs

def family(pid):
    """A process and all that descend from it."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children", encoding="ascii") as file:
                    left += [int(child) for child in file.read().split()]
        except OSError:
            pass  # it has ended
    return found


def memory_of(pid):
    """Bytes: its fair share where that can be seen, else all that is its own."""
    for place, field in ((f"/proc/{pid}/smaps_rollup", "Pss:"), (f"/proc/{pid}/status", "RssAnon:")):
        try:
            with open(place, encoding="utf-8", errors="replace") as file:
                for line in file:
                    if line.startswith(field):
                        return int(line.split()[1]) << 10
        except OSError:
            pass
    return 0


class Watch(threading.Thread):
    """Looks at the memory of a process and of its family until told to stop."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.own, self.all, self.shares, self.over = pid, 0, 0, [], threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.03):
            shares = [memory_of(one) for one in family(self.pid)]
            self.own = max(self.own, shares[0])
            if sum(shares) > self.all:
                self.all, self.shares = sum(shares), shares


Run = collections.namedtuple("Run", "code seconds cpu own all shares report errors")


def index(arguments, where, command, *sources):
    report = os.path.join(where, "report.json")
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([f"{arguments.bin}/izde-indexer", command, "--quiet", "--index",
                                    os.path.join(where, "index"), "--force", "--report", report, *sources],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        watch = Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        watch.over.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    with open(report, encoding="utf-8") as file:
        told = json.load(file)
    return Run(process.returncode, seconds, used.ru_utime + used.ru_stime, watch.own, watch.all, watch.shares, told, said)


def mb(count):
    return f"{count / (1 << 20):.0f} MB"


def line_of(name, run):
    shares = " + ".join(str(one >> 20) for one in sorted(run.shares, reverse=True))
    return (f"{name:22} exit {run.code}  {run.seconds:6.1f} s  {run.cpu:6.1f} s CPU  indexer {mb(run.own)}, "
            f"all processes {mb(run.all)} = {shares}")


# --- what is in the index

class Daemon:
    def __init__(self, arguments, where):
        self.process = subprocess.Popen([f"{arguments.bin}/izde-searchd", "--index", os.path.join(where, "index"),
                                         "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().split()[-1].rstrip("/")
        self.base = self.base[self.base.index("http"):]

    def paths_with(self, word):
        query = urllib.parse.urlencode({"q": "=" + word, "variants": "off", "typo": "off", "collapse": "off"})
        with urllib.request.urlopen(f"{self.base}/api/v1/search?{query}") as response:
            return [hit["path"] for hit in json.load(response)["hits"]]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def reasons_of(run):
    reasons = collections.defaultdict(list)
    for one in run.report["skipped"]:
        reasons[one["path"].split(":")[0]].append(one["reason"])
    return reasons


def check_tree(arguments, where, run, good):
    """The reasons that were given, by path."""
    require(run.code == 1, "exit code", run.code, run.errors)
    check_memory(arguments, "the tree", run)
    daemon = Daemon(arguments, where)
    try:
        missing = [path for path, word in good.items() if path not in daemon.paths_with(word)]
        require(not missing, len(missing), "sound documents are not found:", *missing[:10])
        require(not daemon.paths_with(SECRET), "the secret is in the index")
    finally:
        daemon.stop()
    reasons = reasons_of(run)
    spoilt = [path for path in good if path in reasons]
    require(not spoilt, "sound documents were skipped:", *(f"{path}: {reasons[path]}" for path in spoilt[:5]))
    return reasons


def check_memory(arguments, what, run):
    if not arguments.is_sanitized:
        require(run.all <= MEMORY_MB << 20, what, "takes", mb(run.all), "of memory:", *(one >> 20 for one in run.shares))


def check_told(run, reasons, bad):
    """Nothing is passed over in silence; of files that are no documents the report has the number."""
    indexed = {one["path"] for one in run.report["added"] or []}
    silent = [path for path in bad if path not in indexed and path not in reasons]
    require(len(silent) <= sum(run.report["ignored"].values()), "neither indexed nor in the report:", *silent)


def check_alone(arguments, tree, path, number):
    where = os.path.join(arguments.folder, f"alone{number}")
    os.mkdir(where)
    run = index(arguments, where, "rebuild", os.path.join(tree, "good/0/0.txt"), os.path.join(tree, path))
    reasons = [one["reason"] for one in run.report["skipped"]]
    ended = "; ".join(sorted(set(reasons)))[:90] or f"{run.report['documents'] - 1} documents"
    print(f"{path[6:]:20} exit {run.code}  {run.seconds:5.1f} s  {run.cpu:5.1f} s CPU  {mb(run.all):>7}  {ended}", flush=True)
    require(run.code in (0, 1), path, "ends with exit code", run.code, run.errors)
    require(reasons or run.report["documents"] > 1 or run.report["ignored"], path, "is neither indexed nor in the report")
    allowed = SLACK_SECONDS + run.report["documents"] * SECONDS_A_DOCUMENT
    require(run.cpu <= CPU_SECONDS + allowed, path, "takes", round(run.cpu, 1), "s of the processor's time")
    require(run.seconds <= SECONDS + 2 * allowed, path, "takes", round(run.seconds, 1), "s")
    check_memory(arguments, path, run)
    shutil.rmtree(where)


def soak(arguments):
    secret = os.path.join(arguments.folder, "secret.txt")
    write(arguments.folder, "secret.txt", SECRET + "\n")
    tree, good = os.path.join(arguments.folder, "tree"), {}
    for path, content, word in documents(100 if arguments.small else 1000, arguments.seed):
        write(tree, path, content)
        good[path] = word
    bad = bombs(secret, arguments.small)
    for path, content in bad.items():
        write(tree, path, content)
    bad = list(bad)
    print(f"seed {arguments.seed}: {len(good)} sound documents, {len(bad)} bombs", flush=True)
    for number, path in enumerate(bad if not arguments.small else []):
        check_alone(arguments, tree, path, number)
    runs = [("rebuild", "update")] if arguments.small else [("rebuild", "rebuild"), ("update", "update")]
    for number, (first, second) in enumerate(runs):
        check_twice(arguments, os.path.join(arguments.folder, f"tree{number}"), tree, good, bad, first, second)


def check_twice(arguments, where, tree, good, bad, *commands):
    os.mkdir(where)
    first = index(arguments, where, commands[0], tree)
    print(line_of(f"{commands[0]}, first run", first), flush=True)
    reasons = check_tree(arguments, where, first, good)
    check_told(first, reasons, bad)
    second = index(arguments, where, commands[1], tree)
    print(line_of(f"{commands[1]}, second run", second), flush=True)
    again = check_tree(arguments, where, second, good)
    poisonous = [path for path in reasons if any("its reader" in one or "reading it" in one for one in reasons[path])]
    tried = [path for path in poisonous if not any("not tried again" in one for one in again.get(path, []))]
    require(not tried, "tried again:", *tried)
    require(not poisonous or second.cpu < first.cpu, "the second run is no quicker:", first.cpu, second.cpu)
    print(f"{len(reasons)} files have a reason in the report, {len(poisonous)} of them ended their reader", flush=True)
    shutil.rmtree(where)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--keep", action="store_true", help="the folder, for a closer look")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with open(f"{arguments.bin}/izde-indexer", "rb") as program:
        arguments.is_sanitized = b"__asan_init" in program.read()
    arguments.folder = tempfile.mkdtemp(prefix="izde-documents-")
    try:
        soak(arguments)
    finally:
        if arguments.keep:
            print(arguments.folder)
        else:
            shutil.rmtree(arguments.folder)
    print("ok" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
