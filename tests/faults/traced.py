"""Counts a program's system calls with strace, and makes chosen ones fail.

strace counts each system call of each thread by itself: `when=k` strikes in the thread that makes its
k-th such call first. So a point is a call and a number, and stands for the first event with these.
"""
import dataclasses
import os
import re

from harness import require

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

    def paths(self):
        if self.call in PATH_CALLS:
            return re.findall(r'"((?:[^"\\]|\\.)*)"', self.line) + re.findall(r"<([^>]*)>", self.line)
        return re.findall(r"^\d+<([^>]*)>", self.line)[:1]

    def is_below(self, *folders):
        return any(path == folder or path.startswith(folder + "/") for path in self.paths() for folder in folders)

    def __str__(self):
        return f"{self.call} #{self.number} ({', '.join(self.paths())})"


def strace(log, calls, *more):
    # strace 6.1 sends no signals with --seccomp-bpf, which is faster.
    fast = [] if any("signal=" in one for one in more) else ["--seccomp-bpf"]
    return ["strace", "-f", "-y", "-qq", *fast, "-s", "300", "-e", "signal=none", "-o", log,
            "-e", "trace=" + ",".join(calls), *more]


def points_of(log):
    """The events of the main process's threads that an injection can strike, in order."""
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
            if (call, number) in taken:
                continue
            taken.add((call, number))
            if thread not in others:
                found.append(Point(call, number, order, rest.strip()))
    return found


def record(programs, arguments, log, calls):
    """The points of an undisturbed run, which must succeed."""
    done = programs.run(arguments, before=strace(log, [*calls, "clone", "clone3", "fork", "vfork"]))
    require(done.code == 0, "the undisturbed run ends with", done.code, done.err)
    return points_of(log)


def strike(point, what, sticky=False):
    """strace's argument: `what` is error=EIO or signal=KILL."""
    return ["-e", f"inject={point.call}:{what}:when={point.number}{'+' if sticky else ''}"]


def spread(points, count):
    """So many, evenly over the list."""
    if len(points) <= count:
        return list(points)
    return [points[i * len(points) // count] for i in range(count)]


def struck(log):
    """Lines of the calls that were made to fail."""
    if not os.path.exists(log):
        return []
    with open(log, encoding="utf-8", errors="replace") as lines:
        return [line.rstrip() for line in lines if "(INJECTED)" in line]
