"""What the soak scripts share: a corpus, the two programs, connections that stay open, figures of a process."""
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time


def make_corpus(folder, count):
    """Each document has the word "common"."""
    rng = random.Random(20261122)
    words = ["".join(rng.choice(["ra", "port", "ter", "con", "sta", "li", "so"]) for _ in range(rng.randint(1, 4)))
             for _ in range(5000)]
    os.makedirs(folder)
    for i in range(count):
        with open(f"{folder}/{i:05}.txt", "w", encoding="utf-8") as out:
            out.write(f"Title {i}\n\ncommon " + " ".join(rng.choice(words) for _ in range(120)) + ".\n")


def build_index(binaries, source, index):
    built = subprocess.run([f"{binaries}/izde-indexer", "rebuild", "--quiet", "--force", "--index", index, source], check=False)
    if built.returncode > 1:
        raise SystemExit("izde-indexer failed")


class Daemon:
    """A searchd over that index, at a free port."""

    def __init__(self, binaries, index, *more):
        self.process = subprocess.Popen([f"{binaries}/izde-searchd", "--index", index, "--listen", "127.0.0.1:0", *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())[1])

    def get(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", target)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def open_files(self):
        """What each descriptor of the process leads to."""
        folder = f"/proc/{self.process.pid}/fd"
        found = []
        for name in os.listdir(folder):
            try:
                found.append(os.readlink(f"{folder}/{name}"))
            except FileNotFoundError:
                pass  # closed meanwhile
        return found

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def alive(self):
        return self.process.poll() is None

    def memory(self):
        """Megabytes: all, and those that are its own."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            text = file.read()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024 for name in ("VmRSS", "RssAnon"))

    def stop(self):
        self.process.terminate()
        return self.process.wait(10)


def wait_until(holds, seconds):
    """Seconds until it holds; None if it does not in time."""
    start = time.perf_counter()
    while not holds():
        if time.perf_counter() - start > seconds:
            return None
        time.sleep(0.01)
    return time.perf_counter() - start


class Client(threading.Thread):
    """Asks on a connection that stays open, until told to end or as often as wanted. `check` gives what is
    wrong with an answer, or None."""

    def __init__(self, port, targets, check=None, most=None, seed=0):
        super().__init__(daemon=True)
        self.port, self.targets, self.check, self.most = port, targets, check, most
        self.rng = random.Random(seed)
        self.over, self.times, self.failures, self.generations = False, [], [], set()

    def run(self):
        connection, asked_on_it = None, 0
        while not self.over and (self.most is None or len(self.times) < self.most):
            target = self.rng.choice(self.targets)
            start = time.perf_counter()
            try:
                if connection is None:
                    connection, asked_on_it = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30), 0
                connection.request("GET", target)
                response = connection.getresponse()
                answer = json.loads(response.read())
                asked_on_it += 1
                wrong = response.status if response.status != 200 else self.check and self.check(target, answer)
                if wrong:
                    self.failures.append((target, wrong))
                else:
                    self.generations.add(answer["index"]["generation"])
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError) as error:
                if asked_on_it == 0:
                    self.failures.append((target, repr(error)))
                connection = None  # one that was used before may be closed; the request is asked again
                continue
            except Exception as error:  # noqa: BLE001  every kind counts
                self.failures.append((target, repr(error)))
                connection = None
            self.times.append((time.perf_counter() - start) * 1000)


def is_sanitized(binaries):
    """Whether the memory of these programs is mostly the sanitizer's."""
    return "dev" in os.path.basename(os.path.normpath(binaries))


def report(figures, failures, file=None):
    """Prints what was measured and what failed, a line each, keeps the figures in `file`, and ends with 1 if anything did."""
    figures["failed"] = len(failures)
    print(json.dumps(figures))
    if file:
        with open(file, "w", encoding="utf-8") as out:
            json.dump(figures, out, indent=1)
    for failure in failures[:20]:
        print("failed:", failure)
    sys.exit(1 if failures else 0)


def percentile(times, part):
    times = sorted(times)
    return times[min(len(times) - 1, int(len(times) * part))] if times else 0.0
