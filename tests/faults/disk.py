"""A disk that is full or fails costs nothing but the run."""
import contextlib
import dataclasses
import json
import os
import re
import resource
import shutil
import subprocess

import traced
from bench import Skipped
from commands import commands, healing, shared_out
from harness import generations_in, no_litter, require

FAILING = ["pread64", "read", "pwrite64", "fsync", "fdatasync", "rename", "openat", "getdents64", "sendfile",
           "copy_file_range"]


@dataclasses.dataclass(frozen=True)
class Fault:
    command: object
    point: traced.Point
    error: str
    sticky: bool

    def __str__(self):
        return f"{self.command.name}, {self.error} {'from' if self.sticky else 'at'} {self.point}"

    def silences(self):
        """Whether it also strikes what is said on standard error."""
        return self.sticky and self.point.call == "write"

    def before(self, log):
        return traced.strace(log, [self.point.call], *traced.strike(self.point, "error=" + self.error, self.sticky))


def speaks_clearly(done):
    """Says in a few lines what failed, and what to do."""
    lines = done.err.strip().splitlines()
    require(lines and all(line.startswith(("izde-indexer: ", "  ")) for line in lines), "it says:", done.err)
    require(len(lines) <= 4, "it says too much:", done.err)
    # Below the message, or with --quiet behind it.
    hint = next((line for line in lines if line.startswith("  ")), done.err.partition("; ")[2])
    require(len(hint.strip()) > 10, "no hint what to do:", done.err)


def old_is_kept(fixture, command, index):
    require(fixture.pointer(index) == fixture.live_id, "exit 3, but it points to", fixture.pointer(index))
    fixture.old_is_untouched(index, command.old_ids(fixture))


def nothing_is_over(fixture, index):
    over = set(generations_in(index)) - {fixture.before_id, fixture.live_id}
    require(not over, "left over:", sorted(over))


def last_run_is_whole(index):
    with open(os.path.join(index, "last-run.json"), encoding="utf-8") as file:
        json.load(file)


def skipped_in(index):
    with open(os.path.join(index, "last-run.json"), encoding="utf-8") as file:
        return json.load(file)["skipped"]


def judge(bench, fixture, case, index, done, daemon):
    """By what the exit code promises."""
    target = case.command.target(fixture)
    last_run_is_whole(index)
    require(done.code in (0, 1, 3), "it ends with", done.code, done.err)
    bench.count(f"exit {done.code}")
    if done.code == 3:
        if not case.silences():
            speaks_clearly(done)
        old_is_kept(fixture, case.command, index)
        daemon.serves(fixture.live, fixture.words)
        return
    if done.code == 1:
        skipped = skipped_in(index)
        require(skipped and all(one["reason"] for one in skipped), "exit 1, but nothing is skipped")
        # A folder that cannot be listed stands for what is in it.
        gone = [path for path in target.words if any(path == one["path"] or path.startswith(one["path"] + "/")
                                                     for one in skipped)]
        target = target.without(gone)
    require(fixture.state_of(index, target) is target, "it ends with", done.code, "and has published nothing")
    daemon.wait(lambda ready: ready["generation"] == fixture.pointer(index))
    daemon.serves(target, fixture.words)


def faults_of(bench, fixture, calls, error, per_call=None, in_all=None, only_index=False):
    """Cases, each point once and sticky: so many of each call, or of all together."""
    known = commands()
    cases = []
    share = shared_out(per_call or in_all, known)
    for command in known:
        index = fixture.copy("recorded")
        log = os.path.join(bench.work, "log")
        folders = [index] if only_index else [index, fixture.tree]
        points = [point for point in traced.record(bench.programs, command.arguments(fixture, index), log, calls)
                  if point.is_below(*folders)]
        groups = [[point for point in points if point.call == call] for call in calls] if per_call else [points]
        for group in groups:
            for point in traced.spread(group, share[command.name]):
                cases += [Fault(command, point, error, sticky) for sticky in (False, True)]
    return cases


def run_fault(bench, fixture, folder, case):
    index = fixture.copy(os.path.join(os.path.basename(folder), "index"))
    log = os.path.join(folder, "log")
    with bench.programs.serving(index) as daemon:
        daemon.serves(fixture.live, fixture.words[:1])
        done = bench.programs.run(case.command.arguments(fixture, index), before=case.before(log))
        hit = traced.struck(log)
        if hit and (is_the_sanitizers(hit[0]) or (done.code == 0 and any(map(is_the_sanitizers, hit)))):
            bench.count("struck the sanitizer")
            return done
        bench.count("struck" if hit else "not reached")
        judge(bench, fixture, case, index, done, daemon)
        if done.code == 3 and not partial_may_stay(hit) and not is_cut_short(done):
            nothing_is_over(fixture, index)
        syncs_once(log, case)
        fixture.next_run_heals(index, healing(case.point.order // 2), daemon)
    return done


def partial_may_stay(hit):
    """What cannot be listed or opened cannot be removed; and after the folder's own sync failed, the new
    generation may be what a crash would bring back. The next run removes it."""
    return any("getdents64(" in line or "openat(" in line or re.search(r"fsync\(\d+<[^>]*/index>", line) for line in hit)


def is_the_sanitizers(line):
    """UBSan tries whether an address can be read by writing two words from it into a pipe; which thread does so when is
    up to chance. Where that write is the one that fails, it ends the program, with 0."""
    return re.search(r"write\(\d+<pipe:.*, 16\) += -1", line)


def is_cut_short(done):
    """Xapian could only end the program: nobody was left to clean up."""
    return "cut short" in done.err


def syncs_once(log, case):
    """After a failed sync the pages may count as clean: another sync of the file would lie."""
    if case.point.call not in ("fsync", "fdatasync") or case.sticky:
        return
    failed = None
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in traced.whole(lines):
            match = re.search(r"(?:fsync|fdatasync)\(\d+<([^>]*)>", line)
            if match and "(INJECTED)" in line:
                failed = match[1]
            elif match and failed and ".tmp/" in failed:
                # Xapian syncs a table twice whatever the first one said; ours opens it anew.
                own = "fsync(" in line
                require(match[1] != failed or not own, "synced again after it failed:", failed)


def full_disk(bench):
    """3: ENOSPC at the k-th write, once and for good."""
    fixture = bench.fixture()
    cases = faults_of(bench, fixture, ["write", "pwrite64", "sendfile", "copy_file_range"], "ENOSPC", in_all=bench.size(13, 100), only_index=True)

    def one(folder, case):
        done = run_fault(bench, fixture, folder, case)
        if done.code == 3 and not case.silences():
            require("space" in done.err, "it does not speak of space:", done.err)

    bench.each(cases, one)


def failing_disk(bench):
    """4: EIO."""
    fixture = bench.fixture()
    cases = faults_of(bench, fixture, FAILING, "EIO", per_call=bench.size(2, 25))
    bench.each(cases, lambda folder, case: run_fault(bench, fixture, folder, case))


@contextlib.contextmanager
def mounted(folder, options):
    os.makedirs(folder, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Skipped("no tmpfs can be mounted: " + done.stderr.decode().strip())
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def small_disk(bench):
    """3: a disk of 1 MB, 2 MB, ... until a run succeeds; one with too few files; a limit on a file's size."""
    fixture = bench.fixture(300)
    mount = os.path.join(bench.work, "mount")
    index = os.path.join(mount, "index")

    def attempt(command, limit=None):
        with bench.programs.serving(index) as daemon:
            daemon.serves(fixture.live, fixture.words[:1])
            done = bench.programs.run([command, "--jobs", "2", "--index", index, fixture.tree], preexec_fn=limit)
            last_run_is_whole(index)
            if done.code == 3:
                speaks_clearly(done)
                fixture.old_is_untouched(index)
                nothing_is_over(fixture, index)
                daemon.serves(fixture.live, fixture.words)
                return False
            require(done.code == 0, "it ends with", done.code, done.err)
            daemon.wait(lambda ready: ready["generation"] == fixture.pointer(index))
            daemon.serves(fixture.next, fixture.words)
        no_litter(index)
        return True

    def disk(command, options, name):
        with mounted(mount, options):
            try:
                shutil.copytree(fixture.original, index)
            except shutil.Error:
                return False  # it has no room for the old ones
            succeeded = attempt(command)
            bench.count(f"{name}: {'published' if succeeded else 'refused'}")
            return succeeded

    def grown(command):
        held = sum(os.path.getsize(os.path.join(base, name))
                   for base, _, names in os.walk(fixture.original) for name in names)
        first = held // 2**20 + 1
        steps = range(first, first + 64) if bench.full else range(first, first + 64, 2)
        for megabytes in steps:
            if bench.case_result(f"{command} on a disk of {megabytes} MB", disk, command, f"size={megabytes}m",
                                 "growing disk"):
                bench.numbers[f"{command} published at, MB"] = megabytes
                return
        require(bench.skipped, "not published on any disk")

    def few_files(command):
        for inodes in range(40, 110, bench.size(10, 4)):
            if bench.case_result(f"{command} on a disk of {inodes} files", disk, command, f"size=256m,nr_inodes={inodes}",
                                 "few files"):
                return
        require(bench.skipped, "not published with any number of files")

    def short_files(command):
        nonlocal index
        index = os.path.join(bench.work, "limited")
        sizes = [2**i for i in range(12, 24, bench.size(3, 1))]
        for size in sizes:
            shutil.rmtree(index, ignore_errors=True)
            shutil.copytree(fixture.original, index)
            limit = lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))  # noqa: E731
            done = bench.case_result(f"{command} with files of at most {size} bytes", attempt, command, limit)
            bench.count("file size limit: " + ("published" if done else "refused"))

    for series in (grown, few_files, short_files):
        for command in ("rebuild", "update"):
            bench.case(f"{command}, {series.__name__}", series, command)
