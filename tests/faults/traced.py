"""Counts a program's system calls with strace, and makes chosen ones fail.

strace counts each system call of each thread by itself: `when=k` strikes in the thread that makes its
k-th such call first. So a point is a call and a number, and stands for the first event with these. Which
thread makes which calls differs from run to run; what is done to one file hardly does, so a point has a
number among the calls on its path as well. Names that tell the time are alike while the clock stands.
"""
import dataclasses
import os
import re
import shutil
import time

from bench import Skipped
from harness import require

FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
PATH_CALLS = {"openat", "rename", "renameat2", "unlink", "unlinkat", "link", "mkdir", "statfs"}
LINE = re.compile(r"^(\d+) +(\w+)\((.*)")
RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>.* = (\d+)")
MADE = re.compile(r"= (\d+)$")


@dataclasses.dataclass(frozen=True)
class Point:
    call: str
    number: int
    order: int   # of all events of the run
    line: str    # what strace said
    on_path: int = 0  # its number among the thread's such calls on path()

    def paths(self):
        if self.call in PATH_CALLS:
            return re.findall(r'"((?:[^"\\]|\\.)*)"', self.line) + re.findall(r"<([^>]*)>", self.line)
        return re.findall(r"^\d+<([^>]*)>", self.line)[:1]

    def path(self):
        """What the call is about; of two the second."""
        return self.paths()[-1] if self.call in ("rename", "renameat2", "link") else next(
            (path for path in self.paths() if path.startswith("/")), "")

    def is_below(self, *folders):
        return any(path == folder or path.startswith(folder + "/") for path in self.paths() for folder in folders)

    def __str__(self):
        return f"{self.call} #{self.number} ({', '.join(self.paths())})"


def strace(log, calls, *more):
    # strace 6.1 sends no signals with --seccomp-bpf, which is faster.
    fast = [] if any("signal=" in one for one in more) else ["--seccomp-bpf"]
    return ["strace", "-f", "-y", "-qq", *fast, "-s", "300", "-e", "signal=none", "-o", log,
            "-e", "trace=" + ",".join(calls), *more]


def points_of(log, by_path=False):
    """The events of the main process's threads that an injection can strike, in order; by_path: strike_there()."""
    counts, taken, others, found = {}, set(), set(), []
    with open(log, encoding="utf-8", errors="replace") as lines:
        for order, line in enumerate(lines):
            resumed = RESUMED.match(line)
            if resumed and resumed[2] in ("clone", "clone3", "fork", "vfork"):
                # What such a call was for stands in its first half; a process is told by having no thread flag.
                if (resumed[1], "process") in counts:
                    others.add(resumed[3])
                continue
            match = LINE.match(line)
            if not match:
                continue
            thread, call, rest = match.groups()
            if call in ("clone", "clone3", "fork", "vfork"):
                is_process = "CLONE_THREAD" not in rest
                counts.pop((thread, "process"), None)
                if is_process:
                    counts[thread, "process"] = True
                    made = MADE.search(rest)
                    if made:
                        others.add(made[1])
                continue
            counts[thread, call] = number = counts.get((thread, call), 0) + 1
            point = Point(call, number, order, rest.strip())
            key = (thread, call, point.path())
            counts[key] = counts.get(key, 0) + 1
            point = dataclasses.replace(point, on_path=counts[key])
            place = key[1:] + (counts[key],) if by_path else (call, number)
            if place in taken:
                continue
            taken.add(place)
            if thread not in others:
                found.append(point)
    return found


def record(programs, arguments, log, calls, *more, by_path=False):
    """The points of an undisturbed run, which must succeed."""
    done = programs.run(arguments, before=strace(log, [*calls, "clone", "clone3", "fork", "vfork"], *more))
    require(done.code == 0, "the undisturbed run ends with", done.code, done.err)
    return points_of(log, by_path)


def strike(point, what, sticky=False):
    """strace's argument: `what` is error=EIO or signal=KILL."""
    return ["-e", f"inject={point.call}:{what}:when={point.number}{'+' if sticky else ''}"]


def strike_there(point, what, recorded, here):
    """As strike(), by the call's number on its path; the index was `recorded` and is `here`."""
    path = point.path()
    if path == recorded or path.startswith(recorded + "/"):
        path = here + path[len(recorded):]
    return ["-P", path, "-e", f"inject={point.call}:{what}:when={point.on_path}"]


def stopped_clock(now):
    """strace's arguments: the program's clock stands at this time, in seconds; what it waits for still comes."""
    if shutil.which("faketime") is None or not os.path.exists(FAKETIME):
        raise Skipped("faketime is not installed")
    told = {"LD_PRELOAD": FAKETIME, "FAKETIME": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now)), "TZ": "UTC",
            "NO_FAKE_STAT": "1", "DONT_FAKE_MONOTONIC": "1"}
    return [word for name, value in told.items() for word in ("-E", f"{name}={value}")]


def spread(points, count):
    """So many, evenly over the list."""
    if len(points) <= count:
        return list(points)
    return [points[i * len(points) // count] for i in range(count)]


def whole(lines):
    """Each call in one line, also where strace told of another thread's between its beginning and its end."""
    begun = {}
    for line in lines:
        line = line.rstrip()
        thread = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"\d+ +<\.\.\. \w+ resumed>(.*)", line)
        yield begun.pop(thread) + resumed[1] if resumed and thread in begun else line


def struck(log):
    """Lines of the calls that were made to fail."""
    if not os.path.exists(log):
        return []
    with open(log, encoding="utf-8", errors="replace") as lines:
        return [line for line in whole(lines) if "(INJECTED)" in line]
