"""Of several indexers at once exactly one works; the others say who, within a second."""
import contextlib
import os
import re
import signal
import subprocess
import time

from commands import healing
from harness import ENVIRONMENT, no_litter, require

RECORD = b'{"id": "1", "title": "One", "body": "a bridge"}\n'


class Holder:
    """An indexer that waits for its standard input, and so stays at work as long as the test wants."""

    def __init__(self, programs, index, command="rebuild"):
        self.process = subprocess.Popen([programs.indexer, command, "--force", "--index", index, "-"], env=ENVIRONMENT,
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.started = time.monotonic()

    def wait_for_lock(self, index):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), open(os.path.join(index, "lock"), encoding="ascii") as file:
                if f"pid {self.process.pid}," in file.read():
                    return
            require(self.process.poll() is None, "the holder ended with", self.process.returncode)
            time.sleep(0.002)
        require(False, "nobody took the lock")

    def finish(self):
        _, err = self.process.communicate(RECORD, timeout=60)
        require(self.process.returncode == 0, "the holder ends with", self.process.returncode, err.decode())


def names(err, pid):
    require(re.search(rf"pid {pid}, started \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ", err), f"does not name pid {pid}:", err)


def at_once(programs, index, count):
    """Starts so many; returns how long the refused ones took."""
    others = [Holder(programs, index, healing(number)) for number in range(count)]
    waiting, seconds = list(others), []
    try:
        deadline = time.monotonic() + 20
        while len(waiting) > 1:
            for one in [one for one in waiting if one.process.poll() is not None]:
                seconds.append(time.monotonic() - one.started)
                waiting.remove(one)
            require(time.monotonic() < deadline, len(waiting), "are at work at once")
            time.sleep(0.002)
        require(waiting, "nobody works")
        winner = waiting[0]
        for one in others:
            if one is winner:
                continue
            require(one.process.returncode == 75, "a refused one ends with", one.process.returncode)
            names(one.process.stderr.read().decode(), winner.process.pid)
        winner.finish()
    finally:
        for one in others:
            if one.process.poll() is None:
                one.process.kill()
                one.process.wait()
            one.process.stderr.close()
            one.process.stdin.close()
    no_litter(index)
    return seconds


def overlap(bench):
    """6: two at once, ten at once, a holder that is stopped, a holder that is killed."""
    index = os.path.join(bench.work, "index")
    slowest, soonest = [0.0], [0.0]
    # Two cores start ten sanitized programs slower than they refuse.
    allowed = 1.0

    def several(count):
        seconds = at_once(bench.programs, index, count)
        slowest[0] = max(slowest[0], *seconds)
        require(max(seconds) <= allowed * max(1, count / 2), "refused after", max(seconds), "s")

    def refused_beside(pid):
        done = bench.programs.run(["rebuild", "--index", index, "-"])
        require(done.code == 75, "beside the holder it ends with", done.code, done.err)
        require(done.seconds <= allowed, "refused after", done.seconds, "s")
        names(done.err, pid)
        slowest[0] = max(slowest[0], done.seconds)

    def stopped():
        holder = Holder(bench.programs, index)
        holder.wait_for_lock(index)
        holder.process.send_signal(signal.SIGSTOP)
        try:
            for command in ("rebuild", "update", "rollback"):
                arguments = [command, "--index", index] + ([] if command == "rollback" else ["-"])
                done = bench.programs.run(arguments)
                require(done.code == 75 and done.seconds <= allowed, command, "ends with", done.code, "after", done.seconds)
            refused_beside(holder.process.pid)
        finally:
            holder.process.send_signal(signal.SIGCONT)
        holder.finish()

    def killed():
        holder = Holder(bench.programs, index)
        holder.wait_for_lock(index)
        holder.process.kill()
        holder.process.communicate()
        following = Holder(bench.programs, index)
        begun = time.monotonic()
        following.wait_for_lock(index)
        soonest[0] = max(soonest[0], time.monotonic() - begun)
        require(time.monotonic() - begun <= allowed, "the lock came free after", time.monotonic() - begun, "s")
        following.finish()
        no_litter(index)

    for number in range(bench.size(5, 50)):
        bench.case(f"two at once, round {number}", several, 2)
    for number in range(bench.size(1, 5)):
        bench.case(f"ten at once, round {number}", several, 10)
    for number in range(bench.size(1, 10)):
        bench.case(f"beside a stopped one, round {number}", stopped)
    for number in range(bench.size(1, 10)):
        bench.case(f"after a killed one, round {number}", killed)
    bench.numbers["slowest refusal, s"] = round(slowest[0], 3)
    bench.numbers["slowest start after a kill, s"] = round(soonest[0], 3)
