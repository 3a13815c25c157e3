#!/usr/bin/env python3
"""Sends what is no request, made from a seed, and asks that each is refused and harms nobody.

    malformed.py [--bin build/release] [--source FOLDER] [--count 10000] [--seed N] [--json FILE]

Each is made of a good request by one change that makes it bad, and perhaps some that leave it as it is, and sent in one
piece, in two, or byte by byte. It must be answered by exactly one 4xx, or by none, and the connection must close within
2 s; the server must live, answer honest requests between, and take no more than 16 MB for all of it. Prints what was
answered how often, and ends with 1 if a promise was not kept.
"""
import argparse
import collections
import json
import os
import random
import tempfile
import time

from connected import connect, read_all
from served import Daemon, build_index, is_sanitized, percentile, report

SECONDS, MEMORY_MB = 2, 16
HERE = os.path.dirname(os.path.abspath(__file__))


class Request:
    """The parts of a request, to be spoiled."""

    def __init__(self, rng):
        self.method, self.version = b"GET", b"HTTP/1.1"
        self.target = rng.choice([b"/", b"/healthz", b"/api/v1/search?q=oil", b"/api/v1/stats", b"/search.js"])
        self.headers = [b"Host: localhost"]
        for _ in range(rng.randrange(4)):
            self.headers.append(rng.choice([b"Accept: */*", b"User-Agent: x", b"Accept-Encoding: gzip, br", b"X: \xd1\x8f",
                                            b"Connection: keep-alive", b"Range: bytes=0-0,0-0", b"Cookie: a=b"]))
        rng.shuffle(self.headers)
        self.tail = b""

    def bytes(self):
        line = b" ".join([self.method, self.target, self.version])
        return line + b"\r\n" + b"".join(h + b"\r\n" for h in self.headers) + b"\r\n" + self.tail


def noise(rng, size):
    return bytes(rng.randrange(256) for _ in range(size))


def insert(rng, text, what):
    at = rng.randrange(len(text) + 1)
    return text[:at] + what + text[at:]


# Each spoils a request in one way; what it returns, if anything, is sent in its place.
def control_in_line(rng, r):
    r.target = insert(rng, r.target, bytes([rng.choice([0, 1, 7, 8, 9, 11, 12, 13, 27, 31, 127])]))


def control_in_header(rng, r):
    r.headers.append(b"X: a" + bytes([rng.choice([0, 1, 8, 11, 12, 13, 27, 31, 127])]) + b"b")


def bare_line_feed(rng, r):
    whole = r.bytes()
    ends = [i for i in range(len(whole) - 1) if whole[i:i + 2] == b"\r\n"]
    at = rng.choice(ends[:-1])
    return whole[:at] + whole[at + 1:]


def folded(rng, r):
    r.headers.append(rng.choice([b" folded", b"\tfolded", b" Host: y"]))


def space_in_name(rng, r):
    r.headers.append(rng.choice([b"X : a", b"X\t: a", b"Content-Length : 0", b" X: a", b"X Y: a"]))


def no_name(rng, r):
    r.headers.append(rng.choice([b": a", b"a", b"=", b"\xff: a", b"(x): a", b"\"x\": a", b"{}: a", b"@: a"]))


def hosts(rng, r):
    r.headers = [h for h in r.headers if not h.startswith(b"Host")]
    r.headers += rng.choice([[], [b"Host: a", b"Host: a"], [b"Host: a", b"hOST: b"], [b"Host: a b"], [b"Host: u@h"],
                             [b"Host: a/b"], [b"Host: <a>"], [b"Host: \xff"], [b"Host: a?b"], [b"Host: a\\b"]])


def transfer_encoding(rng, r):
    r.method = rng.choice([b"POST", b"GET", b"HEAD"])
    value = rng.choice([b"chunked", b"Chunked", b"gzip, chunked", b"identity", b"", b"x", b"\x0bchunked"])
    r.headers.append(rng.choice([b"Transfer-Encoding: ", b"transfer-encoding:", b"TRANSFER-ENCODING:\t"]) + value)
    r.tail = rng.choice([b"0\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"-2\r\n", b"fffffffffffffffff\r\n", b""])


def lengths(rng, r):
    r.method = b"POST"
    value = rng.choice([b"+1", b"-1", b"0x1", b"1,1", b"1, 2", b"1 1", b"1.0", b"", b"a", b"18446744073709551616", b"65537",
                        b"9" * rng.randrange(6, 200), b"\xd9\xa1", b"1;", b"'1'"])
    r.headers.append(b"Content-Length: " + value)
    r.tail = b"GET /marker HTTP/1.1\r\nHost: x\r\n\r\n"


def two_lengths(rng, r):
    r.method = b"POST"
    r.headers += [b"Content-Length: 0", rng.choice([b"Content-Length: 0", b"content-length: 33", b"CONTENT-LENGTH: 1"])]


def no_length(_rng, r):
    r.method = b"POST"


def body_of_get(rng, r):
    r.method = rng.choice([b"GET", b"HEAD", b"OPTIONS"])
    r.tail = b"GET /marker HTTP/1.1\r\nHost: x\r\n\r\n"
    r.headers.append(b"Content-Length: %d" % len(r.tail))


def encoded_body(rng, r):
    r.method, r.tail = b"POST", b"12345"
    r.headers += [b"Content-Length: 5", b"Content-Encoding: " + rng.choice([b"gzip", b"br", b"x", b"identity"])]


def method(rng, r):
    r.method = rng.choice([b"get", b"BREW", b"TRACE", b"CONNECT", b"PRI", b"G" * rng.randrange(4, 9000), b"GE T", b"", b"GET\xff",
                           b"G\x00T"])


def version(rng, r):
    r.version = rng.choice([b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.2", b"HTTP/1.", b"HTTP/1.1x", b"HTTP/1.10", b"http/1.1", b"HTTPS/1.1",
                            b"", b"1.1", b"HTTP/ 1.1", b"HTTP/1.1 HTTP/1.1", b"HTTP/-1.1"])


def target(rng, r):
    r.target = rng.choice([b"", b"healthz", b"*", b"http://localhost/", b"//localhost:80 /", b"localhost:80", b"?q=a", b"\\", b"/a b",
                           b"%2f", b"#", b"../../etc/passwd", b"file:///etc/passwd"])


def too_long(rng, r):
    kind = rng.randrange(3)
    if kind == 0:
        r.target = b"/" + b"a" * rng.randrange(8192, 40_000)
    elif kind == 1:
        r.headers.append(b"X: " + b"a" * rng.randrange(8192, 40_000))
    else:
        r.headers += [b"X: a"] * rng.randrange(101, 3_000)


def expectation(rng, r):
    r.method = b"POST"
    r.headers += [b"Content-Length: 0", b"Expect: " + rng.choice([b"200", b"100-continu", b"100-continue, a", b"", b"\xff"])]


def other_protocol(rng, _r):
    return rng.choice([b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"SSH-2.0-x\r\n",
                       b"\x00" * 100, b"{}\r\n\r\n", b"<policy-file-request/>\0", b"\xff\xfb\x01", b"EHLO x\r\n", b"\r\n\r\n\r\n\r\n",
                       b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x80", b"RTSP/1.0\r\n\r\n"])


def garbage(rng, _r):
    first = bytes([rng.choice([i for i in range(256) if not 65 <= i <= 90 and i != 13])])
    return first + noise(rng, rng.randrange(0, 400))


WAYS = [control_in_line, control_in_header, bare_line_feed, folded, space_in_name, no_name, hosts, transfer_encoding, lengths,
        two_lengths, no_length, body_of_get, encoded_body, method, version, target, too_long, expectation, other_protocol, garbage]


def make(rng):
    request, way = Request(rng), rng.choice(WAYS)
    spoiled = way(rng, request)
    return way.__name__, request.bytes() if spoiled is None else spoiled


def send(rng, client, data):
    pieces = rng.randrange(8)
    try:
        if pieces == 0 and len(data) < 2_000:
            for i in range(len(data)):
                client.send(data[i:i + 1])
        elif pieces == 1:
            at = rng.randrange(len(data) + 1)
            client.sendall(data[:at])
            client.sendall(data[at:])
        else:
            client.sendall(data)
    except OSError:
        pass  # it was refused before it was read to its end; the refusal is there to read


def judge(answer, took):
    """What is wrong; None: nothing."""
    if answer is None or took > SECONDS:
        return "not closed in time"
    if not answer:
        return None
    if not answer.startswith(b"HTTP/1.1 4"):
        return "answered " + answer[:60].decode("latin-1")
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"\r\nConnection: close" not in head:
        return "refused but not closed"
    try:
        return None if json.loads(body)["status"] == int(answer[9:12]) else "the body belies the status"
    except (ValueError, KeyError):
        return "more than one answer, or none that can be read"


def honest(port):
    client = connect(port, "127.0.0.3")
    client.settimeout(20)
    client.sendall(b"GET /api/v1/search?q=oil HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    return (read_all(client) or b"").startswith(b"HTTP/1.1 200 ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release")
    parser.add_argument("--source", default=os.path.join(HERE, "../../samples"))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--json")
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    rng, failures, answers, times = random.Random(args.seed), [], collections.Counter(), []
    with tempfile.TemporaryDirectory() as work:
        build_index(args.bin, args.source, f"{work}/index")
        server = Daemon(args.bin, f"{work}/index")
        assert honest(server.port)
        before = server.memory()[1]
        for i in range(args.count):
            way, data = make(rng)
            client = connect(server.port, "127.0.0.2")
            client.settimeout(SECONDS * 5)
            start = time.perf_counter()
            send(rng, client, data)
            answer = read_all(client)
            client.close()
            times.append(time.perf_counter() - start)
            wrong = judge(answer, times[-1])
            if wrong:
                failures.append((i, way, wrong, data[:200]))
            answers["none" if not answer else answer[9:12].decode("latin-1")] += 1
            if i % 100 == 0 and not honest(server.port):
                failures.append((i, way, "an honest request was not answered", b""))
            if not server.alive():
                failures.append((i, way, "the server is gone", data[:200]))
                break
        grown = server.memory()[1] - before if server.alive() else 0
        stopped = server.stop()
    figures = {"sent": sum(answers.values()), "answers": dict(sorted(answers.items())), "seed": args.seed,
               "closed_ms": {"p50": round(percentile(times, .5) * 1000, 2), "p99": round(percentile(times, .99) * 1000, 2),
                             "worst": round(max(times) * 1000, 2)},
               "memory_mb": round(grown, 1), "exit": stopped}
    if stopped != 0:
        failures.append("the server did not end well")
    if grown > MEMORY_MB and not is_sanitized(args.bin):
        failures.append("too much memory")
    report(figures, failures, args.json)


if __name__ == "__main__":
    main()
