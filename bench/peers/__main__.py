"""izde beside its floors and its peers, in one run on one machine:  ./dev bench --peers [OPTION...]

Builds the same documents with each, asks each the same queries, loads each server, and tells medians, spread and
ratios. Without --corpus the documents are made here from a seed. Peers come from Debian; one that cannot be had or fails
is left out and named. Everything it writes is below --work, everything it starts is ended.
"""
import argparse
import json
import os
import platform
import signal
import sys
import time
from types import SimpleNamespace

import generate
import machine
import quality
import report
from corpus import Corpus, scratch, take
from engines.floors import Bare, BareXapian, Hello
from engines.fts5 import Fts5
from engines.groonga import Groonga
from engines.izde import Izde
from engines.lucene import Lucene
from engines.omega import Omega
from engines.recoll import Recoll
from engines.sphinx import Sphinx
from engines.xapian import Xapian
from machine import Failed
from peer import HERE, install
from stages import Bench

PEERS = [Izde, Xapian, Hello, Bare, BareXapian, Omega, Recoll, Groonga, Sphinx, Fts5, Lucene]
GROWN = ("izde", "xapian", "lucene", "fts5")  # the others take too long, or read files only
STAGES = ("build", "ask", "load", "swap", "growth")
SEED = 20261122


def numbers(text):
    return tuple(map(int, text.split(",")))


def options():
    parser = argparse.ArgumentParser(prog="./dev bench --peers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--quick", action="store_true", help="one round of little: whether all works, not how fast")
    add("--json", metavar="FILE", help="write every measurement there")
    add("--tables", metavar="FILE", action="append",
        help="measure nothing: show what was written to FILE with --json; may be repeated, a run each")
    add("--into", metavar="MARKDOWN", help="with --tables: between the two marks of this file instead")
    add("--corpus", metavar="FOLDER", action="append", default=[], help="of .txt, .md and .html files; may be repeated")
    add("--collections", metavar="FOLDER", help="of judged queries: a folder each with docs.jsonl, queries.tsv, qrels.tsv")
    add("--only", metavar="STAGE,...", default=",".join(STAGES), help=f"of {' '.join(STAGES)}")
    add("--with", metavar="PEER,...", dest="chosen", help="only these, of " + " ".join(peer.name for peer in PEERS))
    add("--rounds", type=int, help="how often each is measured [3; --quick: 1]")
    add("--seconds", type=float, help="of each load [3; --quick: 1]")
    add("--connections", type=numbers, help="of the loads [1,8,32,256; --quick: 1,8]")
    add("--growth", type=numbers, help="documents made [10000,100000,500000; --quick: 1000,4000]")
    add("--most-mb", type=float, help="of each corpus's files [120; --quick: 4]")
    add("--patience", type=float, help="seconds that a measurement waits for a calm machine [20; --quick: 0]")
    add("--bin", default="build/bench", help=argparse.SUPPRESS)
    add("--work", default="build/peers", help="for indexes and logs [build/peers]")
    chosen = parser.parse_args()
    quick = {"rounds": 1, "seconds": 1.0, "connections": (1, 8), "growth": (1000, 4000), "most_mb": 4.0, "patience": 0.0}
    full = {"rounds": 3, "seconds": 3.0, "connections": (1, 8, 32, 256), "growth": (10_000, 100_000, 500_000),
            "most_mb": 120.0, "patience": 20.0}
    for name, value in (quick if chosen.quick else full).items():
        if getattr(chosen, name) is None:
            setattr(chosen, name, value)
    chosen.passes = 2 if chosen.quick else 5
    chosen.part = 0.15 if chosen.quick else 1.0
    chosen.only = set(chosen.only.split(","))
    if chosen.only - set(STAGES):
        parser.error(f"no stage {' '.join(sorted(chosen.only - set(STAGES)))}")
    if chosen.into and not chosen.tables:
        parser.error("--into needs --tables")
    return chosen


def say(text):
    print(f"== {text}", file=sys.stderr, flush=True)


def tools_of(chosen):
    binaries = os.path.abspath(chosen.bin)
    made = os.path.abspath(f"{chosen.work}/bin")
    os.makedirs(made, exist_ok=True)
    tools = SimpleNamespace(indexer=f"{binaries}/izde-indexer", searchd=f"{binaries}/izde-searchd",
                            bench=f"{binaries}/izde-bench", load=f"{binaries}/izde-load", made=made)
    tools.version = os.popen(f"git -C '{HERE}' describe --always --dirty 2>/dev/null").read().strip()
    return tools


def ready_peers(chosen, tools, log, left_out):
    peers = []
    for kind in PEERS:
        if chosen.chosen and kind.name not in chosen.chosen.split(","):
            continue
        peer = kind(tools, log)
        try:
            install(peer.packages, log)
            peer.prepare()
            peers.append(peer)
        except (Failed, OSError) as error:
            left_out[peer.name] = str(error)
            say(f"{peer.name} is left out: {error}")
    return peers


def corpora(chosen, work, log, tools):
    """Each with its folder of files, read and ready to be asked."""
    sources = {}
    for folder in chosen.corpus:
        name = os.path.basename(os.path.abspath(folder))
        sources[name if name not in sources else f"{name}-{len(sources) + 1}"] = folder
    made = [] if sources else [("made-short", 4000 if not chosen.quick else 800, 2.2),
                               ("made-long", 400 if not chosen.quick else 60, 150)]
    for name, source in sources.items():
        with scratch(f"{work}/{name}") as place:
            take(source, f"{place}/files", chosen.most_mb * 1e6)
            yield prepared(name, place, chosen, log, tools)
    for name, count, paragraphs in made:
        with scratch(f"{work}/{name}") as place:
            generate.write_files(f"{place}/files", generate.Chain(SEED), count, paragraphs)
            yield prepared(name, place, chosen, log, tools)


def prepared(name, place, chosen, log, tools):
    say(f"reading {name}")
    corpus = Corpus(name, f"{place}/files", place)
    corpus.prepare(tools, log, SEED, chosen.part)
    return corpus


def grow(bench, chosen, work):
    """The same queries at every size; each is built and asked once a round, the largest only once."""
    learnt_from = os.path.abspath(chosen.corpus[0]) if chosen.corpus else None
    queries = None
    for count in sorted(chosen.growth):
        with scratch(f"{work}/growth") as place:
            say(f"making {count} documents")
            generate.write_records(f"{place}/files", generate.Chain(SEED, learnt_from), count)
            corpus = prepared(f"{count}", place, chosen, bench.log, bench.tools)
            queries = corpus.queries = queries or corpus.queries
            rounds = 1 if count > 100_000 else min(2, chosen.rounds)
            peers = [peer for peer in bench.peers if peer.name in GROWN]
            note(bench, corpus)
            bench.build(corpus, rounds, peers)
            bench.ask(corpus, rounds)


def note(bench, corpus):
    bench.note("corpus", corpus.name, "", documents=corpus.documents, text_bytes=corpus.text_bytes,
               file_bytes=corpus.file_bytes, field=corpus.field, queries=len(corpus.queries))


def measure(bench, corpus, chosen):
    note(bench, corpus)
    bench.build(corpus, chosen.rounds)
    if "ask" in chosen.only:
        bench.ask(corpus, chosen.rounds)
        bench.ceiling(corpus, chosen.rounds)
    if "load" in chosen.only:
        bench.load(corpus, chosen.rounds)
    if "swap" in chosen.only:
        bench.swap(corpus, chosen.rounds)


def machine_facts():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "")
    memory = os.sysconf("SC_PHYS_PAGES") * machine.PAGE
    return {"processor": model, "cores": os.cpu_count(), "memory_gb": round(memory / 1e9),
            "kernel": platform.release(), "system": platform.freedesktop_os_release()["PRETTY_NAME"]}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(path, told):
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        json.dump(told, file, indent=1, ensure_ascii=False)
    os.rename(f"{path}.new", path)


def main():
    chosen = options()
    if chosen.tables:
        runs = [read(path) for path in chosen.tables]
        if chosen.into:
            report.into(chosen.into, runs)
        else:
            for told in runs:
                report.show(told)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    os.makedirs(chosen.work, exist_ok=True)
    work = os.path.abspath(chosen.work)
    began = time.time()
    with open(f"{work}/log", "w", encoding="utf-8") as log:
        tools, left_out = tools_of(chosen), {}
        bench = Bench(tools, chosen, ready_peers(chosen, tools, log, left_out), log, say)
        told = {"machine": machine_facts(), "settings": {key: value for key, value in vars(chosen).items()
                                                        if key not in ("only", "tables", "into", "json", "bin", "work")},
                "peers": {peer.name: {"about": peer.about, "version": peer.version(), "floor": peer.floor}
                          for peer in bench.peers}, "rows": bench.rows, "left_out": left_out}
        try:
            if chosen.only - {"growth"}:
                for corpus in corpora(chosen, work, log, tools):
                    measure(bench, corpus, chosen)
            if "growth" in chosen.only:
                grow(bench, chosen, work)
            if chosen.collections:
                quality.measure(bench, chosen.collections, work)
        finally:  # an hour's figures are worth keeping when the last of them fails
            left_out.update(bench.left_out)
            told["seconds"] = round(time.time() - began)
            if chosen.json:
                write(chosen.json, told)
    report.show(told)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except Failed as failed:
        print(f"bench: {failed}", file=sys.stderr)
        sys.exit(1)
