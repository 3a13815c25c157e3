"""Whatever becomes of what an update builds upon, its memory or the live tables, it makes what a rebuild makes."""
import dataclasses
import json
import os
import shutil
import typing

import rot
from harness import REMEMBERED, require
from pointer import bytes_in, replaced


@dataclasses.dataclass(frozen=True)
class Loss:
    name: str
    do: typing.Callable  # (index, id of the live generation, id of the one before)
    is_told: bool = False  # the report must warn of it

    def __str__(self):
        return self.name


def remembered(index, generation):
    return os.path.join(index, "known", generation)


def losses():
    """Of whole files or folders."""
    def at(*names):
        return lambda index, live: os.path.join(index, "known", *(live if name == "LIVE" else name for name in names))
    places = {"known": at(), "known/LIVE": at("LIVE"), **{f"known/LIVE/{name}": at("LIVE", name)
                                                          for name in sorted(REMEMBERED)}}
    kinds = {"missing": lambda path: None, "empty": bytes_in(b""), "garbage": bytes_in(bytes(range(256)) * 100),
             "a folder": os.mkdir, "a FIFO": os.mkfifo, "a symbolic link to a device": lambda path: os.symlink("/dev/zero", path),
             "a symbolic link to itself": lambda path: os.symlink(os.path.basename(path), path)}
    for place, where in places.items():
        for kind, make in kinds.items():
            yield Loss(f"{place} is {kind}", lambda index, live, before, where=where, make=make:
                       replaced(where(index, live), make))

    def another(index, live, before):
        shutil.rmtree(remembered(index, live))
        shutil.copytree(remembered(index, before), remembered(index, live))
    yield Loss("known/LIVE is another generation's", another)

    def litter(index, live, before):
        for name in ("0000000000-20200101T000000Z", "notes"):
            shutil.copytree(remembered(index, live), os.path.join(index, "known", name))
        bytes_in(b"x")(os.path.join(index, "known", "file"))
    yield Loss("known holds what belongs to nothing", litter)
    yield Loss("poison.json is garbage", lambda index, live, before: bytes_in(b"{")(os.path.join(index, "poison.json")))
    yield Loss("poison.json is empty", lambda index, live, before: bytes_in(b"")(os.path.join(index, "poison.json")))
    yield Loss("poison.json is a FIFO", lambda index, live, before: os.mkfifo(os.path.join(index, "poison.json")))


def rotten_memory(bench, fixture):
    folders = [remembered(fixture.original, name) for name in (fixture.live_id, fixture.before_id)]
    for case in rot.rotten(bench, *folders, part=4):
        yield Loss(f"known/LIVE, {case}", lambda index, live, before, case=case:
                   case.damage(remembered(index, live), remembered(index, before)))


def rotten_tables(bench, fixture):
    folders = [os.path.join(fixture.original, "generations", name) for name in (fixture.live_id, fixture.before_id)]
    for case in rot.rotten(bench, *folders, part=4):
        yield Loss(f"the live generation, {case}", lambda index, live, before, case=case:
                   case.damage(*(os.path.join(index, "generations", name) for name in (live, before))), is_told=True)


def memory(bench):
    """What an update relies on is damaged."""
    fixture = bench.fixture()

    def one(folder, loss):
        index = fixture.copy(os.path.join(os.path.basename(folder), "index"))
        loss.do(index, fixture.live_id, fixture.before_id)
        fixture.next_run_heals(index, "update", most=3)
        with open(os.path.join(index, "last-run.json"), encoding="utf-8") as file:
            warned = json.load(file)["warnings"]
        require(warned or not loss.is_told, "nothing is said of it")
        bench.count("warned of" if warned else "passed over")
        # And what it left serves the next one as well.
        done = bench.programs.run(["update", "--quiet", "--index", index, fixture.tree])
        require(done.code == 0 and not done.err, "the update after it ends with", done.code, done.err)
        require(fixture.made_in(index) == fixture.expected, "the update after it made something else than a rebuild")

    bench.each([*losses(), *rotten_memory(bench, fixture), *rotten_tables(bench, fixture)], one)
