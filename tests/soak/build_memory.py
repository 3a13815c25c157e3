#!/usr/bin/env python3
"""Indexes trees of very many tiny documents, and measures what that takes.

    build_memory.py [--bin build/release] [--documents N] [--keep]

N records (a million) as JSON Lines, as feeds (each of as many items as a feed may hold), and a tenth as files; a fifth that share
nothing, each with words and a source of its own. `rebuild` and
`update` of each must end with exit code 0 and take no more than 512 MB, all processes together. Prints a line for each run,
and ends with 1 if a promise was not kept.
"""
import argparse
import json
import os
import random
import shutil
import sys
import tempfile

from documents import MEMORY_MB, index, line_of

failures = []
ITEMS_A_FEED = 150_000


def sayings(count):
    chance = random.Random(5)
    words = [f"w{chance.getrandbits(24):x}" for _ in range(20_000)]
    for number in range(count):
        yield number, " ".join(chance.choices(words, k=3)), " ".join(chance.choices(words, k=8))


def lines(folder, count):
    with open(os.path.join(folder, "records.jsonl"), "w", encoding="ascii") as file:
        for number, title, text in sayings(count):
            file.write(json.dumps({"id": str(number), "title": title, "text": text}) + "\n")


def strangers(folder, count):
    """Nothing that one has occurs in another: no list of words, of sources or of authors ends."""
    chance = random.Random(6)
    with open(os.path.join(folder, "records.jsonl"), "w", encoding="ascii") as file:
        for number in range(count // 5):
            words = " ".join(f"{chance.getrandbits(40):x}w" for _ in range(10))
            file.write(json.dumps({"id": str(number), "title": f"t{number:x}", "text": words, "source": f"Source {number} " + "x" * 180,
                                   "author": f"Author {number}", "place": f"Place {number}"}) + "\n")


def feeds(folder, count):
    file = None
    for number, title, text in sayings(count):
        if number % ITEMS_A_FEED == 0:
            if file:
                file.write("</channel></rss>")
                file.close()
            file = open(os.path.join(folder, f"{number}.rss"), "w", encoding="ascii")
            file.write("<rss version='2.0'><channel><title>t</title>")
        file.write(f"<item><title>{title}</title><guid>g{number}</guid><description>{text}</description></item>")
    file.write("</channel></rss>")
    file.close()


def files(folder, count):
    for number, title, text in sayings(count // 10):
        below = os.path.join(folder, str(number // 1000))
        os.makedirs(below, exist_ok=True)
        with open(os.path.join(below, f"{number}.txt"), "w", encoding="ascii") as file:
            file.write(f"{title}\n\n{text}\n")


def measure(arguments, name, make):
    where = os.path.join(arguments.folder, name)
    tree = os.path.join(where, "tree")
    os.makedirs(tree)
    make(tree, arguments.documents)
    for command in ("rebuild", "update"):
        run = index(arguments, where, command, tree)
        print(line_of(f"{name}, {command}", run), f" {run.report['documents']:,} documents", flush=True)
        if run.code != 0:
            failures.append(f"{name}: {command} ends with {run.code}: {run.errors}")
        if run.all > MEMORY_MB << 20:
            failures.append(f"{name}: {command} takes {run.all >> 20} MB")
    shutil.rmtree(where)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="the folder, for a closer look")
    arguments = parser.parse_args()
    arguments.folder = tempfile.mkdtemp(prefix="izde-memory-")
    try:
        for name, make in (("lines", lines), ("strangers", strangers), ("feeds", feeds), ("files", files)):
            measure(arguments, name, make)
    finally:
        if not arguments.keep:
            shutil.rmtree(arguments.folder)
    for failure in failures:
        print("FAILED:", failure)
    print("ok" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
