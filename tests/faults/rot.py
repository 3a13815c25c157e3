"""A published generation whose bytes change is noticed, by `check` and by a searchd that sees it appear."""
import dataclasses
import os
import shutil

from commands import healing
from harness import require

BLOCK = 4096


@dataclasses.dataclass(frozen=True)
class Rot:
    kind: str
    file: str
    place: int
    other: str = ""

    def __str__(self):
        return f"{self.kind} of {self.file} at {self.place}{' with ' + self.other if self.other else ''}"

    def damage(self, generation, other_generation):
        file = os.path.join(generation, self.file)
        if self.kind == "swap":
            shutil.copyfile(os.path.join(other_generation, self.file), file)
            return
        with open(file, "r+b") as data:
            if self.kind == "cut":
                data.truncate(self.place)
                return
            data.seek(self.place)
            old = data.read(1 if self.kind == "flip" else BLOCK)
            data.seek(self.place)
            data.write(bytes([old[0] ^ (1 << self.place % 8)]) if self.kind == "flip" else b"\0" * len(old))


def rotten(bench, generation, other, part=1):
    """The cases, or a part of them: flipped bits in each file by its size, at least some in each."""
    sizes = {name: os.path.getsize(os.path.join(generation, name)) for name in sorted(os.listdir(generation))}
    files = [name for name in sizes if sizes[name] > 0]
    rng = bench.random

    def somewhere():
        name = rng.choice(files) if rng.random() < 0.5 else rng.choices(files, [sizes[f] for f in files])[0]
        return name, rng.randrange(sizes[name])

    cases = [Rot("flip", *somewhere()) for _ in range(bench.size(40, 300) // part)]
    cases += [Rot("cut", *somewhere()) for _ in range(bench.size(8, 60) // part)]
    while sum(case.kind == "zero" for case in cases) < bench.size(8, 60) // part:
        name, place = somewhere()
        place -= place % BLOCK
        with open(os.path.join(generation, name), "rb") as data:
            data.seek(place)
            if any(data.read(BLOCK)):  # a block that is zero already would not change
                cases.append(Rot("zero", name, place))
    differing = [name for name in files if os.path.exists(os.path.join(other, name))
                 and open(os.path.join(generation, name), "rb").read() != open(os.path.join(other, name), "rb").read()]
    cases += [Rot("swap", differing[i % len(differing)], 0, "another generation's") for i in range(bench.size(4, 20) // part)]
    return cases


def published_to(index, name):
    """As the indexer does: by one rename."""
    with open(os.path.join(index, "current.next"), "w", encoding="ascii") as file:
        file.write(name + "\n")
    os.rename(os.path.join(index, "current.next"), os.path.join(index, "current"))


def rot(bench):
    """5: flipped bits, cuts, zeroed blocks, swapped files."""
    fixture = bench.fixture()
    generations = os.path.join(fixture.original, "generations")
    good, other = os.path.join(generations, fixture.live_id), os.path.join(generations, fixture.before_id)
    cases = rotten(bench, good, other)
    daemon_every = bench.size(4, 5)

    def one(folder, numbered):
        number, case = numbered
        index = fixture.copy(os.path.join(os.path.basename(folder), "index"))
        damaged = os.path.join(index, "generations", fixture.live_id)
        case.damage(damaged, os.path.join(index, "generations", fixture.before_id))
        done = bench.programs.run(["check", "--index", index])
        require(done.code == 3 and done.err.startswith("izde-indexer: "), "check ends with", done.code, done.err)
        bench.count("noticed by check")
        if number % daemon_every:
            return
        published_to(index, fixture.before_id)
        with bench.programs.serving(index) as daemon:
            daemon.serves(fixture.before, fixture.words[:1])
            published_to(index, fixture.live_id)
            daemon.wait(lambda ready: ready["last_error"])
            daemon.serves(fixture.before, fixture.words)
            bench.count("kept out by searchd")
            fixture.next_run_heals(index, healing(number // daemon_every), daemon, most=3)  # what searchd reads stays as well

    class Named(tuple):
        def __str__(self):
            return str(self[1])

    bench.each([Named(pair) for pair in enumerate(cases)], one)
