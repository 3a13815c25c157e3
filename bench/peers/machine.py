"""Processes and what they cost: started, watched, and always ended; and what others use of the machine meanwhile."""
import contextlib
import os
import signal
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MUCH = 0.3  # cores in use by others from which a figure is marked
BETWEEN_LOOKS = 0.01  # seconds


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


def resident_bytes(pids):
    """Summed over the processes, so that a page which two share is counted twice."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            with open(f"/proc/{pid}/statm", encoding="ascii") as file:
                total += int(file.read().split()[1]) * PAGE
    return total


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


def start(command, log, **options):
    """In a process group of its own; it ends with us, however we end."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, command)], stdin=subprocess.DEVNULL,
                            stdout=options.pop("stdout", log), stderr=log, start_new_session=True, **options)


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(command, log, good=(0,), **options):
    """Runs a program to its end and returns its cost."""
    others, began = Others(), time.monotonic()
    process = start(command, log, **options)
    peak = alone = 0
    try:
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            each = [resident_bytes([pid]) for pid in family_of(process.pid)]
            peak, alone = max(peak, sum(each)), max([alone, *each])
            time.sleep(BETWEEN_LOOKS)
    except BaseException:
        end(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise Failed(f"{os.path.basename(command[0])} ended with {process.returncode}; see {log.name}")
    cpu = used.ru_utime + used.ru_stime
    largest = max(alone, used.ru_maxrss * 1024)
    return {"seconds": time.monotonic() - began, "cpu_seconds": cpu, "peak_bytes": max(peak, largest),
            "largest_process_bytes": largest, "others": others.cores(cpu)}


def output_of(command, log, good=(0,)):
    """Runs a program to its end; what it printed, and what others used meanwhile."""
    others = Others()
    process = start(command, log, stdout=subprocess.PIPE)
    try:
        printed = process.stdout.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:
        end(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise Failed(f"{os.path.basename(command[0])} ended with {process.returncode}; see {log.name}")
    return printed, others.cores(used.ru_utime + used.ru_stime)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def bytes_below(path):
    if os.path.isfile(path):
        return os.stat(path).st_size
    return sum(os.lstat(os.path.join(folder, name)).st_size for folder, _, names in os.walk(path) for name in names)


class Servers:
    """Programs that serve together; ended when the block is left."""

    def __init__(self, commands, log, environment=None):
        self.commands, self.log = commands, log
        self.environment = {**os.environ, **(environment or {})}
        self.processes = []

    def __enter__(self):
        try:
            for command in self.commands:
                self.processes.append(start(command, self.log, env=self.environment))
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
