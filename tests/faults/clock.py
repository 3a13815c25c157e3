"""Clocks that go back, leap ahead or jump in the middle of a run lose nothing, and ids sort by creation."""
import contextlib
import glob
import json
import os
import shutil
import subprocess

import corpus
from bench import Skipped
from harness import ENVIRONMENT, Fixture, generations_in, require
from traced import FAKETIME

EDGES = {"1901": -2_177_452_800, "2100": 4_102_444_800, "1970": 0}


def faked(when):
    if shutil.which("faketime") is None:
        raise Skipped("faketime is not installed")
    remove_what_faketime_left()
    return ["faketime", "-f", when]


def remove_what_faketime_left():
    """Of a run that was killed; faketime does not start in a process that happens to have the number of such a one."""
    for left in glob.glob("/dev/shm/*faketime_*"):
        process = left.rsplit("_", 1)[1]
        if process.isdigit() and not os.path.exists(f"/proc/{process}"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(left)


def clock(bench):
    """7."""
    programs = bench.programs
    commands = ["rebuild", "update"]
    maker = corpus.Maker(bench.seed)
    state = maker.tree(40)
    tree, index = os.path.join(bench.work, "tree"), os.path.join(bench.work, "index")
    ids = []

    def published(command, before=(), arguments=None):
        done = programs.run([command, "--quiet", "--jobs", "2", "--index", index, tree], before=before)
        require(done.code == 0, command, "ends with", done.code, done.err)
        with open(os.path.join(index, "last-run.json"), encoding="utf-8") as file:
            if json.load(file)["nothing_changed"]:
                require(Fixture.pointer(index) == ids[-1], "nothing changed, and yet it points elsewhere")
                return
        ids.append(Fixture.pointer(index))
        require(ids == sorted(ids) and len(set(ids)) == len(ids), "ids do not sort by creation:", ids[-2:])
        require(max(generations_in(index)) == ids[-1], "not the newest is live")
        require(len(generations_in(index)) <= 2, "kept:", generations_in(index))

    def found(words):
        with programs.serving(index) as daemon:
            daemon.serves(state, words)

    def edit(path):
        maker.put(state, path)
        state.write(tree)
        return state.words[path]

    def last_new():
        done = programs.run(["stats", "--json", "--index", index])
        return json.loads(done.out)["last_new_at"]

    def coming(when, command):
        """What comes last is last new, also by a clock that says it came before the others."""
        before = last_new()
        edit(f"late/{maker.made}.txt")
        published(command, faked(when))
        require(last_new() > before, "something new came at", last_new(), "and before it at", before)

    def under(when, command):
        word = edit(sorted(state.words)[bench.random.randrange(len(state))])
        published(command, faked(when))
        found([word])
        published(command)
        found([word])

    def jumping(command):
        """The clock leaps while the run waits for a file that is written meanwhile: standard input."""
        faked("+0")
        rate = os.path.join(bench.work, "faketimerc")
        with open(rate, "w", encoding="ascii") as file:
            file.write("-5d\n")
        if not os.path.exists(FAKETIME):
            raise Skipped("libfaketime is elsewhere")
        process = subprocess.Popen([programs.indexer, command, "--quiet", "--index", index, tree, "-"],
                                   stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**ENVIRONMENT, "LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": rate,
                                        "FAKETIME_NO_CACHE": "1"})
        process.stdin.write(b'{"id": "x", "title": "jumped", "body": "leapfrog"}\n')
        process.stdin.flush()
        with open(rate, "w", encoding="ascii") as file:
            file.write("+3650d\n")
        _, err = process.communicate(timeout=60)
        require(process.returncode == 0, "it ends with", process.returncode, err.decode())
        ids.append(Fixture.pointer(index))
        require(ids == sorted(ids), "ids do not sort by creation:", ids)
        with programs.serving(index) as daemon:
            require(daemon.paths_with("leapfrog")[0] == ["-"], "what came before the leap is lost")
        published(command)
        found([])

    def at_edge(seconds, command):
        path = sorted(state.words)[bench.random.randrange(len(state))]
        word = edit(path)
        os.utime(os.path.join(tree, path), (seconds, seconds))
        published(command)
        found([word])
        # A change between two equal times, and one with an older time than before.
        for when in (seconds, seconds - 1000):
            word = edit(path)
            os.utime(os.path.join(tree, path), (when, when))
            published(command)
            found([word])

    def same_second(command):
        """Edits of the same size in the same second; ctime tells, or the content."""
        path = next(path for path in sorted(state.words) if path.endswith(".txt"))
        file = os.path.join(tree, path)
        for _ in range(bench.size(3, 10)):
            before = os.stat(file)
            old, word = state.words[path], corpus.coded("qu", maker.made)
            maker.made += 1
            state.files[path] = state.files[path].replace(old.encode(), word.encode())
            state.words[path] = word
            with open(file, "r+b") as out:
                out.write(state.files[path])
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
            require(os.stat(file).st_size == before.st_size, "the test changed the size")
            published(command)
            found([word, old])

    def dates():
        """A file's time is no date of a document."""
        done = programs.run(["inspect", os.path.join(tree, sorted(state.words)[0])])
        require(json.loads(done.out)["date"]["value"] is None, "a date came from nowhere:", done.out[:200])

    state.write(tree)
    bench.case("first", published, "rebuild")
    for command in commands:
        for when in ("-1d", "+3650d", "-1d", "2038-01-20 00:00:00", "1999-12-31 23:59:59"):
            clock_at = ("@" + when) if when[0].isdigit() else when
            bench.case(f"{command} at {when}", under, clock_at, command)
            bench.case(f"{command} of something new at {when}", coming, clock_at, command)
        bench.case(f"{command} while the clock jumps", jumping, command)
        for name, seconds in EDGES.items():
            bench.case(f"{command} of a file of {name}", at_edge, seconds, command)
        bench.case(f"{command} after edits in the same second", same_second, command)
    bench.case("dates", dates)
    bench.count("generations", len(ids))
