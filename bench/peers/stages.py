"""What is measured, a stage each. Every stage goes through all peers within a round, round after round (A B C, A B C), so
that a machine that drifts is met by all, and notes a row for each measurement."""
import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import threading
import time

import machine
from corpus import scratch
from machine import Failed
from peer import Peer
from queries import TEXT_KINDS

START_PATIENCE = 30  # seconds


class Bench:
    """The peers, the settings, the rows so far, and who was left out."""

    def __init__(self, tools, settings, peers, log, say):
        self.tools, self.settings, self.peers, self.log, self.say = tools, settings, peers, log, say
        self.rows, self.left_out = [], {}

    def note(self, stage, corpus, peer, variant="", **figures):
        self.rows.append({"stage": stage, "corpus": corpus, "peer": peer, "variant": str(variant), **figures})

    def drop(self, peer, stage, why):
        self.left_out.setdefault(peer.name, f"{stage}: {why}")
        self.say(f"{peer.name} is left out of {stage}: {why}")

    def each(self, stage, peers, rounds, work):
        """Calls work(peer) round after round; a peer that fails is left out from then on."""
        peers = list(peers)
        for number in range(rounds):
            self.say(f"{stage}, round {number + 1} of {rounds}: {' '.join(peer.name for peer in peers)}")
            for peer in list(peers):
                machine.wait_for_calm(self.settings.patience)
                try:
                    work(peer)
                except (Failed, OSError, ValueError, KeyError, IndexError, http.client.HTTPException) as error:
                    self.drop(peer, stage, str(error) or repr(error))
                    peers.remove(peer)

    # ---- building

    def index(self, corpus, peer):
        """Where the peer's index is; floors serve that of another."""
        return f"{corpus.work}/{getattr(peer, 'shares', peer.name)}"

    def build(self, corpus, rounds, peers=None):
        corpus.touch_all()
        builders = [peer for peer in (peers or self.peers) if peer.build]
        self.each(f"build {corpus.name}", builders, rounds, lambda peer: self.build_one(corpus, peer))

    def build_one(self, corpus, peer):
        index = self.index(corpus, peer)
        shutil.rmtree(index, ignore_errors=True)
        os.makedirs(index)
        good = (0, 1) if peer.name == "izde" else (0,)
        costs = [machine.run(command, self.log, good) for command in peer.build(corpus, index)]
        smaller = [machine.run(command, self.log) for command in peer.optimise(index)]
        both = costs + smaller
        total = sum(cost["seconds"] for cost in both)
        self.note("build", corpus.name, peer.name,
                  seconds=sum(cost["seconds"] for cost in costs), optimise_seconds=sum(cost["seconds"] for cost in smaller),
                  total_seconds=total, cpu_seconds=sum(cost["cpu_seconds"] for cost in both),
                  text_mb_per_second=corpus.text_bytes / 1e6 / total, documents_per_second=corpus.documents / total,
                  peak_mb=max(cost["peak_bytes"] for cost in both) / 1e6,
                  largest_process_mb=max(cost["largest_process_bytes"] for cost in both) / 1e6,
                  index_per_text=sum(map(machine.bytes_below, peer.index_of(index))) / corpus.text_bytes,
                  others=max(cost["others"] for cost in both))

    def built(self, corpus):
        return [peer for peer in self.peers if peer.name == "hello" or os.path.exists(self.index(corpus, peer))]

    # ---- asking, one query after the other

    def ask(self, corpus, rounds):
        path = corpus.write_queries()
        self.each(f"ask {corpus.name}", self.built(corpus), rounds, lambda peer: self.ask_one(corpus, peer, path))

    def ask_one(self, corpus, peer, path):
        command = peer.ask(self.index(corpus, peer), path, str(self.settings.passes))
        if command:
            printed, others = machine.output_of(command, self.log)
            for way, figures in summarised(printed).items():
                self.note("ask", corpus.name, peer.name, way, others=others, **figures)

    def ceiling(self, corpus, rounds):
        """The same calls on all cores: what a server over them could reach."""
        path = corpus.write_queries(TEXT_KINDS)
        self.each(f"ceiling {corpus.name}", self.built(corpus), rounds, lambda peer: self.ceiling_one(corpus, peer, path))

    def ceiling_one(self, corpus, peer, path):
        command = peer.throughput(self.index(corpus, peer), path, str(self.settings.seconds))
        if command:
            printed, others = machine.output_of(command, self.log)
            for line in printed.splitlines():
                way, threads, per_second, p50, p99 = line.split("\t")
                self.note("ceiling", corpus.name, peer.name, way, threads=int(threads), per_second=float(per_second),
                          p50=float(p50), p99=float(p99), others=others)

    # ---- serving

    def load(self, corpus, rounds):
        servers = [peer for peer in self.built(corpus) if type(peer).serve is not Peer.serve]
        self.each(f"load {corpus.name}", servers, rounds, lambda peer: self.load_one(corpus, peer))

    @contextlib.contextmanager
    def serving(self, corpus, peer, index=None):
        """A running server: (service, port, servers), with seconds until it was ready."""
        port = machine.free_port()
        with scratch(f"{corpus.work}/serving") as work:
            service = peer.serve(corpus, index or self.index(corpus, peer), port, work)
            began = time.monotonic()
            with machine.Servers(service.commands, self.log) as servers:
                wait_until_ready(service, port, servers, began)
                yield service, port, servers, time.monotonic() - began

    def load_one(self, corpus, peer):
        with self.serving(corpus, peer) as (service, port, servers, ready):
            idle = machine.resident_bytes(servers.family())
            kinds = {query.kind for query in corpus.queries if service.target(query) is not None}
            hits = self.check(corpus, service, port)
            single = self.run_load(corpus, service, port, servers, 1, kinds)
            self.note("single", corpus.name, peer.name, hits=hits, **single)
            for connections in self.settings.connections:
                figures = self.run_load(corpus, service, port, servers, connections, TEXT_KINDS)
                self.note("load", corpus.name, peer.name, connections, **figures)
            self.note("server", corpus.name, peer.name, ready_ms=ready * 1000, idle_mb=idle / 1e6,
                      loaded_mb=machine.resident_bytes(servers.family()) / 1e6, others=single["others"])

    def check(self, corpus, service, port):
        """Every query once: the share that finds something, where the answer can be read here."""
        if service.protocol != "http":
            return None
        found = asked = 0
        for query in corpus.queries:
            target = service.target(query)
            if target is None:
                continue
            asked += 1
            status, body = get(port, target)
            if status != 200:
                raise Failed(f"answered {status} to {target}")
            found += service.hits(body) > 0
        return found / asked

    def run_load(self, corpus, service, port, servers, connections, kinds, seconds=None):
        path = f"{corpus.work}/requests.tsv"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            for query in corpus.queries:
                if query.kind in kinds:
                    file.write(f"{query.kind}\t{service.target(query)}\n")
        printed, others = machine.output_of([self.tools.load, service.protocol, port, connections,
                                             seconds or self.settings.seconds, path, service.mark], self.log,
                                            meanwhile=lambda: machine.cpu_seconds(servers.family()))
        servers.check()
        return {**json.loads(printed), "others": others}

    # ---- a generation is switched under load

    def swap(self, corpus, rounds):
        izde = [peer for peer in self.peers if peer.name == "izde"]
        self.each(f"swap {corpus.name}", izde, rounds, lambda peer: self.swap_one(corpus, peer))

    def swap_one(self, corpus, peer):
        index = self.index(corpus, peer)
        generations = sorted(os.listdir(f"{index}/generations"))
        if len(generations) < 2:
            machine.run(peer.build(corpus, index)[0], self.log, (0, 1))
            generations = sorted(os.listdir(f"{index}/generations"))
        with self.serving(corpus, peer) as (service, port, servers, _):
            for variant, switches in (("still", False), ("switched", True)):
                seen = Switching(index, generations, port)
                with seen if switches else contextlib.nullcontext():
                    figures = self.run_load(corpus, service, port, servers, 8, TEXT_KINDS, max(4, self.settings.seconds))
                if switches and seen.switched < 2:
                    raise Failed(f"only {seen.switched} generations were served while switching")
                self.note("swap", corpus.name, peer.name, variant, switched=seen.switched, **figures)


class Switching:
    """Points an index to its other generation and back for as long as the block lasts, each time when the last is served."""

    def __init__(self, index, generations, port):
        self.index, self.generations, self.port = index, generations[-2:], port
        self.switched, self.over = 0, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def run(self):
        for number in range(1 << 30):
            wanted = self.generations[number % 2]
            with open(f"{self.index}/current.next", "w", encoding="ascii") as file:
                file.write(wanted + "\n")
            os.rename(f"{self.index}/current.next", f"{self.index}/current")
            while json.loads(get(self.port, "/readyz")[1])["generation"] != wanted:
                if self.over.wait(0.02):
                    return
            self.switched += 1
            if self.over.wait(0.3):
                return


def get(port, target):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", target)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def wait_until_ready(service, port, servers, began):
    """Until the first good answer, or, where the protocol is not HTTP, the first connection."""
    while time.monotonic() < began + START_PATIENCE:
        servers.check()
        with contextlib.suppress(OSError, http.client.HTTPException):
            if service.protocol == "http":
                if get(port, service.ready)[0] == 200:
                    return
            else:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
        time.sleep(0.002)
    raise Failed(f"not ready within {START_PATIENCE} s")


def percentile(ordered, part):
    return ordered[min(len(ordered) - 1, max(0, -int(-part * len(ordered) // 1) - 1))]


def percentiles(milliseconds):
    ordered = sorted(milliseconds)
    return {"p50": percentile(ordered, 0.5), "p95": percentile(ordered, 0.95), "p99": percentile(ordered, 0.99)}


def summarised(printed):
    """Samples (see asked.hpp) → for each way: percentiles of all and by kind, and how many answers were good."""
    ways = {}
    for line in printed.splitlines():
        way, kind, hits, marked, *took = line.split("\t")
        ways.setdefault(way, []).append((kind, int(hits), int(marked), list(map(float, took))))
    figures = {}
    for way, lines in ways.items():
        by_kind = {}
        for kind, _, _, took in lines:
            by_kind.setdefault(kind, []).extend(took)
        texts = [one for kind, took in by_kind.items() if kind in TEXT_KINDS for one in took]
        figures[way] = {**percentiles(texts), "mean": statistics.fmean(texts),
                        "kinds": {kind: percentiles(took) for kind, took in by_kind.items()},
                        "queries": len(lines), "found": sum(hits > 0 for _, hits, _, _ in lines) / len(lines),
                        "hits": sum(hits for _, hits, _, _ in lines),
                        "marked": sum(marked for _, _, marked, _ in lines) / max(1, sum(hits for _, hits, _, _ in lines))}
    return figures
