"""A damaged pointer or manifest is refused with a reason, what was served is served on, and a rebuild mends it."""
import dataclasses
import json
import os
import shutil
import typing

from commands import healing
from harness import require


@dataclasses.dataclass(frozen=True)
class Damage:
    name: str
    do: typing.Callable  # (index, id of the generation damaged, id of the other one)

    def __str__(self):
        return self.name


def replaced(path, make):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)
    make(path)


def bytes_in(content):
    def make(path):
        with open(path, "wb") as out:
            out.write(content)
    return make


def pointers():
    contents = {"empty": b"", "garbage": bytes(range(256)), "1 MB": b"0" * 2**20, "a line end": b"\n",
                "../../x": b"../../x\n", "/etc/passwd": b"/etc/passwd\n", "two ids": None, "a NUL behind it": None,
                "spaces around it": None, "an id that is not there": b"0000000099-20260101T000000Z\n", "..": b"..\n",
                "a number": b"0000000001\n", "an unfinished one": None}
    for name, content in contents.items():
        def write(index, live, other, name=name, content=content):
            text = {"two ids": f"{live}\n{other}\n", "a NUL behind it": f"{live}\0\n", "spaces around it": f" {live} \n",
                    "an unfinished one": f"{live}.tmp\n"}.get(name)
            replaced(os.path.join(index, "current"), bytes_in(content if text is None else text.encode()))
        yield Damage("current holds " + name, write)

    def link(target):
        return lambda index, live, other: replaced(os.path.join(index, "current"), lambda path: os.symlink(target, path))
    yield Damage("current is a symbolic link to /etc/passwd", link("/etc/passwd"))
    yield Damage("current is a symbolic link to itself", link("current"))
    yield Damage("current is a symbolic link to a device", link("/dev/zero"))

    def good_link(index, live, other):
        bytes_in(live.encode() + b"\n")(os.path.join(os.path.dirname(index), "elsewhere"))
        link("../elsewhere")(index, live, other)
    yield Damage("current is a symbolic link to a good one", good_link)
    for name, make in (("missing", lambda path: None), ("a folder", os.mkdir), ("a FIFO", os.mkfifo)):
        yield Damage("current is " + name,
                     lambda index, live, other, make=make: replaced(os.path.join(index, "current"), make))


def manifests():
    def edited(change):
        def do(index, live, other):
            file = os.path.join(index, "generations", live, "manifest.json")
            with open(file, encoding="utf-8") as data:
                manifest = json.load(data)
            change(manifest)
            with open(file, "w", encoding="utf-8") as out:
                json.dump(manifest, out, indent=1)
        return do
    yield Damage("the manifest misses a file", edited(lambda m: m["files"].pop()))
    yield Damage("the manifest lists no file", edited(lambda m: m["files"].clear()))
    yield Damage("the manifest lists a file too many", edited(lambda m: m["files"].append(
        {"name": "more", "bytes": 1, "xxh3": "0" * 16})))
    yield Damage("the manifest lists /etc/passwd", edited(lambda m: m["files"].append(
        {"name": "../../../../etc/passwd", "bytes": 1, "xxh3": "0" * 16})))
    yield Damage("the manifest is of a newer format", edited(lambda m: m.update(format=m["format"] + 1)))
    yield Damage("the manifest counts another number", edited(lambda m: m.update(documents=m["documents"] + 1)))
    yield Damage("the manifest has other counts", edited(lambda m: m["by"]["lang"].update(en=0)))

    def file_becomes(name, make):
        return lambda index, live, other: replaced(os.path.join(index, "generations", live, name), make)
    for name, make in (("missing", lambda path: None), ("empty", bytes_in(b"")), ("not JSON", bytes_in(b"{")),
                       ("a deep JSON", bytes_in(b"[" * 10**6)), ("a FIFO", os.mkfifo), ("a folder", os.mkdir)):
        yield Damage("the manifest is " + name, file_becomes("manifest.json", make))
    yield Damage("the manifest is another generation's", lambda index, live, other: shutil.copyfile(
        os.path.join(index, "generations", other, "manifest.json"),
        os.path.join(index, "generations", live, "manifest.json")))


def databases():
    def in_generation(work):
        return lambda index, live, other: work(os.path.join(index, "generations", live),
                                               os.path.join(index, "generations", other))

    def stub(generation, other):
        shutil.rmtree(generation)
        bytes_in(b"auto " + other.encode() + b"\n")(generation)
    yield Damage("a stub file in place of the generation", in_generation(stub))
    yield Damage("a stub file beside the database", in_generation(
        lambda generation, other: bytes_in(b"auto " + other.encode() + b"\n")(os.path.join(generation, "XAPIANDB"))))
    yield Damage("a symbolic link in place of the generation", in_generation(
        lambda generation, other: replaced(generation, lambda path: os.symlink(other, path))))
    for name in ("postlist.glass", "docdata.glass", "vocabulary"):
        yield Damage(f"a FIFO in place of {name}", in_generation(
            lambda generation, other, name=name: replaced(os.path.join(generation, name), os.mkfifo)))
    yield Damage("a file nobody wrote", in_generation(
        lambda generation, other: bytes_in(b"x")(os.path.join(generation, "spelling.glass"))))


def pointer(bench):
    """8: 40 ways to damage what is read first."""
    fixture = bench.fixture(40)

    def one(folder, damage):
        index = fixture.copy(os.path.join(os.path.basename(folder), "index"))
        # A searchd on the older generation sees the damaged newer one appear.
        with open(os.path.join(index, "current"), "w", encoding="ascii") as file:
            file.write(fixture.before_id + "\n")
        with bench.programs.serving(index) as daemon:
            daemon.serves(fixture.before, fixture.words[:1])
            with open(os.path.join(index, "current.next"), "w", encoding="ascii") as file:
                file.write(fixture.live_id + "\n")
            damage.do(index, fixture.live_id, fixture.before_id)
            if damage.name.startswith("current"):
                os.unlink(os.path.join(index, "current.next"))
            else:
                os.rename(os.path.join(index, "current.next"), os.path.join(index, "current"))
            for command in ("check", "stats"):
                done = bench.programs.run([command, "--index", index])
                says = done.err.startswith("izde-indexer: ") and len(done.err.strip().splitlines()) <= 2
                # What the manifest says of the files, only `check` compares.
                refused = done.code == 3 and says
                require(refused or command == "stats" and done.code == 0, command, "ends with", done.code, done.err)
            daemon.wait(lambda ready: ready["last_error"])
            daemon.serves(fixture.before, fixture.words)
            fixture.next_run_heals(index, healing(len(damage.name)), daemon, most=3)  # what searchd reads stays as well

    cases = [*pointers(), *manifests(), *databases()]
    require(len(cases) >= 40, "only", len(cases), "cases")
    bench.each(cases, one)
