"""Processes and what they cost: started, watched, and always ended; and what others use of the machine meanwhile."""
import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MUCH = 0.3  # cores in use by others from which a figure is marked
BETWEEN_LOOKS = 0.01  # seconds
LONGEST = 3600  # seconds that a program may take


class Failed(Exception):
    """A program that did not do what it should; the message says which."""


def family_of(pid):
    """`pid` and all that descend from it."""
    family = [pid]
    for one in family:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children", encoding="ascii") as children:
                    family += map(int, children.read().split())
    return family


def memory_of(pid):
    """Resident bytes now, and the most there were."""
    found = {"VmRSS": 0, "VmHWM": 0}
    with contextlib.suppress(OSError):
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name in found:
                    found[name] = int(value.split()[0]) * 1024
    return found["VmRSS"], found["VmHWM"]


def resident_bytes(pids):
    """Summed over the processes, so that a page which two share is counted twice."""
    return sum(memory_of(pid)[0] for pid in pids)


def cpu_seconds(pids):
    """Of the processes and of the children they have waited for."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
                total += sum(map(int, file.read().rpartition(")")[2].split()[11:15]))
    return total / TICK


def busy_seconds():
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICK


class Others:
    """How many cores were used by others since this was made."""

    def __init__(self):
        self.since, self.busy = time.monotonic(), busy_seconds()

    def cores(self, own_cpu_seconds):
        took = max(time.monotonic() - self.since, 0.01)
        return round(max(0.0, (busy_seconds() - self.busy - own_cpu_seconds) / took), 2)


def wait_for_calm(patience):
    """Waits, at most `patience` seconds, until others leave the machine alone."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        others = Others()
        time.sleep(0.4)
        if others.cores(0) < MUCH:
            return


def start(command, log, stdout=None):
    """In a process group of its own; it ends with us, however we end."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, command)], stdin=subprocess.DEVNULL,
                            stdout=stdout or log, stderr=log, start_new_session=True)


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(command, log, good=(0,), stdout=None, look=BETWEEN_LOOKS, meanwhile=lambda: 0):
    """Runs a program to its end and returns its cost. `look`: seconds between two looks at its memory; `meanwhile` tells the
    processor seconds so far of what else is not others' use."""
    others, elsewhere, began = Others(), meanwhile(), time.monotonic()
    process = start(command, log, stdout=stdout or log)
    peak = alone = 0
    try:
        while True:
            each = [memory_of(pid) for pid in family_of(process.pid)]
            peak = max(peak, sum(now for now, _ in each))
            alone = max([alone, *(most for _, most in each)])
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() > began + LONGEST:
                raise Failed(f"{os.path.basename(command[0])} did not end within {LONGEST} s")
            time.sleep(look)
    except BaseException:
        end(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise Failed(f"{os.path.basename(command[0])} ended with {process.returncode}; see {log.name}")
    cpu = used.ru_utime + used.ru_stime
    return {"seconds": time.monotonic() - began, "cpu_seconds": cpu, "peak_bytes": max(peak, alone),
            "largest_process_bytes": alone, "others": others.cores(cpu + meanwhile() - elsewhere)}


def output_of(command, log, meanwhile=lambda: 0):
    """What a program printed, and what others used meanwhile; it is hardly looked at, so that nothing disturbs it."""
    with tempfile.TemporaryFile() as printed:
        cost = run(command, log, stdout=printed, look=0.1, meanwhile=meanwhile)
        printed.seek(0)
        return printed.read().decode("utf-8", "replace"), cost["others"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def bytes_below(path):
    """Of the files as they are on disk: holes take none."""
    names = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    return sum(os.lstat(name).st_blocks * 512 for name in names or [path])


class Servers:
    """Programs that serve together; ended when the block is left."""

    def __init__(self, commands, log):
        self.commands, self.log, self.processes = commands, log, []

    def __enter__(self):
        try:
            for command in self.commands:
                self.processes.append(start(command, self.log))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            end(process)

    def family(self):
        return [pid for process in self.processes for pid in family_of(process.pid)]

    def check(self):
        for process in self.processes:
            if process.poll() is not None:
                raise Failed(f"{' '.join(map(str, process.args[3:]))} ended by itself; see {self.log.name}")
