#!/usr/bin/env python3
"""Ends, reloads and starts searchd again and again while it is asked; no answer may be cut.

    signals.py [--bin build/release] [--terms 100] [--hups 100] [--restarts 50] [--seconds 1] [--documents 2000]

SIGTERM while clients ask: each answer that began must come to its end, and the process must exit with 0 within 5 s.
SIGHUP while clients ask: each request is answered. Restarts: ready within a second (of `--seconds`), as measured from
the start of the process. Prints the slowest of each and ends with 1 if anything failed.
"""
import argparse
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from served import Client, Daemon, make_corpus, wait_until

REQUEST = b"GET /api/v1/search?q=common&per_page=50 HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Asking(threading.Thread):
    """Asks on connections that stay open, until there is nobody to answer. An answer that began and did not end is cut."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.answers, self.cut = port, 0, 0

    def run(self):
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
            except OSError:
                return
            with connection:
                while self.one(connection):
                    pass

    def one(self, connection):
        got = b""
        try:
            connection.sendall(REQUEST)
            while b"\r\n\r\n" not in got:
                more = connection.recv(1 << 16)
                if not more:
                    self.cut += 1 if got else 0
                    return False
                got += more
            head, _, body = got.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            while len(body) < length:
                more = connection.recv(1 << 16)
                if not more:
                    self.cut += 1
                    return False
                body += more
        except OSError:
            self.cut += 1 if got else 0
            return False
        self.answers += 1
        return b"connection: close" not in head.lower()


def end_under_load(binaries, index):
    daemon = Daemon(binaries, index)
    clients = [Asking(daemon.port) for _ in range(8)]
    for client in clients:
        client.start()
    wait_until(lambda: sum(client.answers for client in clients) > 50, 20)
    start = time.perf_counter()
    daemon.process.send_signal(signal.SIGTERM)
    try:
        code = daemon.process.wait(10)
    except subprocess.TimeoutExpired:
        daemon.process.kill()
        code = "none within 10 s"
    took = time.perf_counter() - start
    for client in clients:
        client.join(20)
    return took, code, sum(client.answers for client in clients), sum(client.cut for client in clients)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--terms", type=int, default=100)
    parser.add_argument("--hups", type=int, default=100)
    parser.add_argument("--restarts", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=1, help="within which it must be ready")
    parser.add_argument("--documents", type=int, default=2_000)
    args = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as work:
        make_corpus(f"{work}/corpus", args.documents)
        index = f"{work}/index"
        subprocess.run([f"{args.bin}/izde-indexer", "rebuild", "--quiet", "--index", index, f"{work}/corpus"], check=True)

        ends = [end_under_load(args.bin, index) for _ in range(args.terms)]
        cut, answers = sum(end[3] for end in ends), sum(end[2] for end in ends)
        slowest = max((end[0] for end in ends), default=0)
        print(f"SIGTERM: {args.terms} times, {answers} answers, {cut} cut, exit after at most {slowest:.2f} s")
        if cut or slowest > 5 or any(end[1] != 0 for end in ends):
            wrong.append(f"SIGTERM: {cut} answers cut, exits {set(end[1] for end in ends)}, {slowest:.2f} s")

        daemon = Daemon(args.bin, index)
        clients = [Client(daemon.port, ["/api/v1/search?q=common"], seed=i) for i in range(4)]
        for client in clients:
            client.start()
        for _ in range(args.hups):
            seen = sum(len(client.times) for client in clients)
            daemon.process.send_signal(signal.SIGHUP)
            wait_until(lambda seen=seen: sum(len(client.times) for client in clients) > seen + 4, 10)
        for client in clients:
            client.over = True
        for client in clients:
            client.join()
        failures = [one for client in clients for one in client.failures]
        code = daemon.stop()
        print(f"SIGHUP: {args.hups} times, {sum(len(client.times) for client in clients)} requests, {len(failures)} failed")
        if failures or code != 0:
            wrong.append(f"SIGHUP: {failures[:3]}, exit {code}")

        ready = []
        for _ in range(args.restarts):
            start = time.perf_counter()
            daemon = Daemon(args.bin, index)
            if wait_until(lambda: daemon.get("/readyz")[0] == 200, 10) is None:
                wrong.append("a restart was not ready within 10 s")
            ready.append(time.perf_counter() - start)
            if daemon.stop() != 0:
                wrong.append("a restart did not end with 0")
        print(f"restarts: {args.restarts}, ready after at most {max(ready, default=0):.3f} s")
        if ready and max(ready) > args.seconds:
            wrong.append(f"a restart took {max(ready):.2f} s")
    for one in wrong:
        print("failed:", one)
    print(f"{len(wrong)} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
