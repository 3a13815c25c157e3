#!/usr/bin/env python3
"""Surrounds honest clients with a crowd: idle connections, heads that drip in, answers that nobody reads.

    crowd.py [--bin build/release] [--source FOLDER] [--idle 1000] [--dripping 1000] [--stuck 500] [--requests 3000]
             [--connections 10000] [--wait] [--json FILE]

The crowd comes from many addresses of this machine, so that no limit for one address keeps it out. Honest searches are
timed before and meanwhile: all must be answered. Then one address opens many connections: it may keep 64, and honest
clients of other addresses must be answered; and when all are gone, everything is as before. With --wait the crowd is watched
until it is sent away: each slow head within 11 s of its first byte, each unread answer within 31 s.
Prints figures, and ends with 1 if a promise was not kept.
"""
import argparse
import multiprocessing
import os
import resource
import select
import tempfile
import time

from connected import connect
from served import Daemon, build_index, is_sanitized, percentile, report

HERE = os.path.dirname(os.path.abspath(__file__))
PER_ADDRESS, HEAD_SECONDS, ANSWER_SECONDS, MEMORY_MB = 64, 11, 31, 64
SEARCH = b"GET /api/v1/search?q=the&per_page=10 HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = b"GET /api/v1/search?q=&per_page=100&snippet=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n"


def read_answer(client):
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = client.recv(1 << 16)
        if not more:
            return b""
        answer += more
    head, _, body = answer.partition(b"\r\n\r\n")
    missing = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]) - len(body)
    while missing > 0:
        more = client.recv(1 << 16)
        if not more:
            return b""
        missing -= len(more)
    return head


def ask_honestly(port, count, source, results):
    """In a process of its own, so that the crowd's work is not in its times."""
    times, failures = [], 0
    client = None
    for _ in range(count):
        start = time.perf_counter()
        try:
            client = client or connect(port, source)
            client.settimeout(30)
            client.sendall(SEARCH)
            answer = read_answer(client)
            if not answer.startswith(b"HTTP/1.1 200 "):
                failures += 1
            if not answer or b"Connection: close" in answer:
                client = None
        except OSError:
            failures += 1
            client = None
        times.append((time.perf_counter() - start) * 1000)
    results.put((times, failures))


class Honest:
    def __init__(self, port, requests, lanes=2):
        self.results = multiprocessing.Queue()
        self.lanes = [multiprocessing.Process(target=ask_honestly, args=(port, requests // lanes, f"127.0.9.{i + 1}", self.results))
                      for i in range(lanes)]
        for lane in self.lanes:
            lane.start()

    def busy(self):
        return self.results.qsize() < len(self.lanes)

    def figures(self):
        got = [self.results.get() for _ in self.lanes]
        for lane in self.lanes:
            lane.join()
        times = [t for lane, _ in got for t in lane]
        return {"requests": len(times), "failed": sum(f for _, f in got), "p50_ms": round(percentile(times, .5), 2),
                "p99_ms": round(percentile(times, .99), 2), "worst_ms": round(max(times), 2)}


class Crowd:
    """Every connection of it, with when it began and when the server ended it."""

    def __init__(self, port, args):
        self.port, self.next_address = port, 0
        self.idle = [self.come() for _ in range(args.idle)]
        self.stuck = [self.come(room=4096) for _ in range(args.stuck)]
        self.dripping = [self.come() for _ in range(args.dripping)]
        self.began, self.ended, self.sent = {}, {}, {}
        self.poll = select.epoll()
        for client in self.stuck:
            # What is served fast is asked fast; it is only never read.
            client.sendall(LARGE)
            self.began[client.fileno()] = time.monotonic()
        for client in self.dripping:
            self.began[client.fileno()] = time.monotonic()
            client.sendall(b"G")
        self.by_fd = {c.fileno(): c for c in self.dripping + self.stuck}
        for fd in self.by_fd:
            self.poll.register(fd, select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR)
        self.drips = b"ET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1000

    def come(self, room=0):
        self.next_address += 1
        address = f"127.1.{self.next_address // 60 // 250}.{self.next_address // 60 % 250 + 1}"
        client = connect(self.port, address, room)
        client.setblocking(False)
        return client

    def drip(self, second):
        for client in self.dripping:
            if client.fileno() not in self.ended:
                try:
                    client.send(self.drips[second:second + 1])
                except OSError:
                    pass

    def look(self, timeout):
        for fd, _ in self.poll.poll(timeout):
            self.ended.setdefault(fd, time.monotonic())
            self.poll.unregister(fd)

    def lasted(self, clients):
        """The longest that one was left in peace, or None if one still is."""
        if any(c.fileno() not in self.ended for c in clients):
            return None
        return max((self.ended[c.fileno()] - self.began[c.fileno()] for c in clients), default=0)

    def stay(self, until):
        second, next_drip = 0, time.monotonic() + 1
        while until():
            self.look(0.2)
            if time.monotonic() >= next_drip:
                self.drip(second)
                second, next_drip = second + 1, next_drip + 1

    def go(self):
        for client in self.idle + self.dripping + self.stuck:
            client.close()


def crowd_from_one_address(port, count):
    """How many of its connections were let in, while they all stay."""
    clients = []
    for _ in range(count):
        client = connect(port, "127.2.0.1")
        client.setblocking(False)
        clients.append(client)
    honest = Honest(port, 100).figures()
    kept = 0
    for client in clients:
        try:
            client.recv(4096)  # a refusal
        except BlockingIOError:
            kept += 1  # nothing was said: it waits for a request
        except OSError:
            pass
    for client in clients:
        client.close()
    return kept, honest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source", default=os.path.join(HERE, "../../samples"))
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--dripping", type=int, default=1000)
    parser.add_argument("--stuck", type=int, default=500)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--wait", action="store_true")
    parser.add_argument("--json")
    args = parser.parse_args()
    needed = args.idle + args.dripping + args.stuck + args.connections + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(needed, soft), hard), hard))
    failures, figures = [], {}
    with tempfile.TemporaryDirectory() as work:
        build_index(args.bin, args.source, f"{work}/index")
        server = Daemon(args.bin, f"{work}/index")
        figures["quiet"] = Honest(server.port, args.requests).figures()
        memory, descriptors = server.memory()[1], server.descriptors()

        crowd = Crowd(server.port, args)
        honest = Honest(server.port, args.requests)
        crowd.stay(honest.busy)
        figures["crowded"] = honest.figures()
        figures["memory_mb"] = round(server.memory()[1] - memory, 1)
        figures["connections"] = server.descriptors() - descriptors
        if args.wait:
            end = time.monotonic() + 45
            crowd.stay(lambda: time.monotonic() < end and len(crowd.ended) < len(crowd.by_fd))
            for name, clients, most in (("head", crowd.dripping, HEAD_SECONDS), ("answer", crowd.stuck, ANSWER_SECONDS)):
                lasted = crowd.lasted(clients)
                figures[f"slowest_{name}_s"] = lasted and round(lasted, 2)
                if lasted is None or lasted > most + 2:  # of which up to 2 s are this script's
                    failures.append(f"a slow {name} was left in peace for {lasted} s")
        crowd.go()

        kept, one_address = crowd_from_one_address(server.port, args.connections)
        figures["one_address"] = {"tried": args.connections, "kept": kept, "honest": one_address}
        figures["recovered"] = Honest(server.port, args.requests).figures()
        for phase in (figures["quiet"], figures["crowded"], one_address, figures["recovered"]):
            if phase["failed"]:
                failures.append(f"{phase['failed']} honest requests failed")
        if kept != min(PER_ADDRESS, args.connections):
            failures.append(f"one address kept {kept} connections")
        if figures["memory_mb"] > MEMORY_MB and not is_sanitized(args.bin):
            failures.append("too much memory")
        figures["exit"] = server.stop()
        if figures["exit"] != 0:
            failures.append("the server did not end well")
    report(figures, failures, args.json)


if __name__ == "__main__":
    main()
