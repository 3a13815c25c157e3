"""Killed at any system call, the index holds the old generation or the new one, and the next run needs no help."""
import dataclasses
import json
import os
import time

import traced
from commands import commands, healing, shared_out
from harness import generations_in, require

CALLS = ["pwrite64", "write", "fdatasync", "fsync", "rename", "renameat2", "openat", "unlink", "unlinkat", "link", "mkdir",
         "ftruncate", "copy_file_range", "sendfile"]
KILL = "signal=KILL"


@dataclasses.dataclass(frozen=True)
class Kill:
    command: object
    point: traced.Point
    fixture: object
    now: float  # its clock

    def __str__(self):
        return f"{self.command.name} killed at {self.point}"


def points_of(bench, fixture, command, now):
    index = fixture.copy("recorded")
    found = traced.record(bench.programs, command.arguments(fixture, index), os.path.join(bench.work, "log"), CALLS,
                          *traced.stopped_clock(now), by_path=True)
    return [point for point in found if point.is_below(fixture.tree, index)]


def updates_as_meant(few, many):
    """The recorded updates took the two ways there are."""
    def revised(fixture):
        index = os.path.join(fixture.work, "recorded")
        with open(os.path.join(index, "generations", fixture.pointer(index), "manifest.json"), encoding="utf-8") as file:
            return json.load(file)["revised"]
    for fixture in (few, many):
        index = fixture.copy("recorded")
        done = fixture.programs.run(["update", "--quiet", "--index", index, fixture.tree])
        require(done.code == 0, "the undisturbed update ends with", done.code, done.err)
    require(revised(few) > 0, "of few edits an update wrote all anew")
    require(revised(many) == 0, "of many edits an update did not write all anew")


def publishing(points, index_words=("generations",)):
    """From the first sync of the generation on."""
    for at, point in enumerate(points):
        if point.call in ("fsync", "fdatasync") and any(word in path for word in index_words for path in point.paths()):
            return points[at:]
    return points


def run_killed(bench, fixture, folder, case, index):
    log = os.path.join(folder, "log")
    there = traced.strike_there(case.point, KILL, os.path.join(fixture.work, "recorded"), index)
    return bench.programs.run(case.command.arguments(fixture, index),
                              before=traced.strace(log, CALLS, *traced.stopped_clock(case.now), *there))


def is_old_or_new(fixture, case, index, daemon):
    target = case.command.target(fixture)
    state = fixture.state_of(index, target)
    fixture.old_is_untouched(index, case.command.old_ids(fixture))
    orphans = set(generations_in(index)) - {fixture.before_id, fixture.live_id, fixture.pointer(index)}
    require(len(orphans) <= 1, "orphans:", sorted(orphans))
    if daemon:
        daemon.serves(state, fixture.words)
    return state


def fresh_copy(fixture, folder):
    return fixture.copy(os.path.join(os.path.basename(folder), "index"))


def kill_points(bench):
    """1: killed once. At full size at each call of publishing."""
    few, many = bench.fixture(), bench.fixture(edits="many")
    updates_as_meant(few, many)
    known = commands()
    update = next(command for command in known if command.name == "update")
    even, last = shared_out(bench.size(45, 200), known), shared_out(bench.size(15, 10**6), known)
    half = {**even, "update": even["update"] // 2}
    now = time.time()
    cases = []
    for fixture, command in [(few, command) for command in known] + [(many, update)]:
        points = points_of(bench, fixture, command, now)
        publish = traced.spread(publishing(points), last[command.name])
        bench.count(f"{command.name} events", len(points))
        bench.count(f"{command.name} publishing events", len(publishing(points)))
        spread = [point for point in traced.spread(points, half[command.name]) if point not in publish]
        cases += [Kill(command, point, fixture, now) for point in spread + publish]
        bench.count(f"{command.name} kills", len(spread + publish))

    def one(folder, case):
        fixture = case.fixture
        index = fresh_copy(fixture, folder)
        done = run_killed(bench, fixture, folder, case, index)
        bench.count("killed" if done.code in (-9, 137) else "ended before")
        with bench.programs.serving(index) as daemon:
            state = is_old_or_new(fixture, case, index, daemon)
            bench.count("old" if state is fixture.live else "new")
            fixture.next_run_heals(index, healing(case.point.order), daemon)

    bench.each(cases, one)
    require(bench.numbers.get("killed", 0) >= len(cases) * 9 // 10, "strace killed too few runs:", bench.numbers)


def kill_twice(bench):
    """2: killed, and the run that cleans up is killed too or finds the disk full."""
    fixture = bench.fixture()
    known = [command for command in commands() if command.reads_sources]
    cases = []
    now = time.time()
    points = {command: points_of(bench, fixture, command, now) for command in known}
    for number in range(bench.size(8, 50)):
        command = known[number % len(known)]
        # Late enough for something to clean up.
        late = [point for point in points[command] if not point.is_below(fixture.tree)]
        cases.append((number, Kill(command, late[bench.random.randrange(len(late) // 4, len(late))], fixture, now)))

    def cleaning(case, index, log):
        """The first events of a run that finds what the killed one left."""
        done = bench.programs.run(case.command.arguments(fixture, index), before=traced.strace(log, CALLS))
        require(done.code == 0, "the run after the kill ends with", done.code, done.err)
        inside = [point for point in traced.points_of(log) if point.is_below(index)]
        begun = next((at for at, point in enumerate(inside) if point.call == "mkdir" and ".tmp" in point.line), len(inside))
        return inside[:begun + 4] or inside

    def one(folder, numbered):
        number, case = numbered
        log = os.path.join(folder, "log")
        index = fresh_copy(fixture, folder)
        run_killed(bench, fixture, folder, case, index)
        choice = cleaning(case, index, log)
        second = choice[(number * 7 + bench.seed) % len(choice)]
        index = fresh_copy(fixture, folder)
        run_killed(bench, fixture, folder, case, index)
        what = KILL if number % 2 == 0 else "error=ENOSPC"
        done = bench.programs.run(case.command.arguments(fixture, index),
                                  before=traced.strace(log, CALLS, *traced.strike(second, what, number % 2 == 1)))
        require(done.code in (-9, 137, 0, 1, 3), "the second run ends with", done.code, done.err)
        bench.count("killed twice" if done.code in (-9, 137) else "disk full" if done.code == 3 else "went on")
        state = one_state(case, index)
        with bench.programs.serving(index) as daemon:
            daemon.serves(state, fixture.words)
            fixture.next_run_heals(index, healing(number // 2), daemon)

    def one_state(case, index):
        if fixture.pointer(index) == fixture.live_id:
            fixture.old_is_untouched(index)
        return fixture.state_of(index, case.command.target(fixture))

    bench.each(cases, one)
