"""A tree that nobody should have to index: finished soon, exactly what belongs to it is found, nothing outside is opened."""
import contextlib
import json
import os
import random
import re
import socket
import stat
import subprocess
import threading

import corpus
from commands import healing
from harness import remove, require

SECONDS = 60
NOBODY = 65534
SYSTEM = ("/usr/", "/lib", "/etc/ld.so", "/proc/", "/sys/", "/dev/", "/etc/ssl", "/etc/localtime", "/etc/locale.alias", "/etc/fonts")
OPENS = ["open", "openat", "openat2", "creat"]


def unprivileged():
    """Root may read everything, so that mode 000 would mean nothing."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def deep(folder, depth, name, content):
    """A file so many folders down; paths that long can only be reached step by step."""
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY | os.O_DIRECTORY, dir_fd=at)
        os.close(at)
        at = below
    file = os.open(name, os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=at)
    os.write(file, content)
    os.close(file)
    os.close(at)


class Hazards:
    """Makes the tree; knows which words must be found, and what must be said of the rest."""

    def __init__(self, bench, work):
        self.tree, self.outside = os.path.join(work, "tree"), os.path.join(work, "outside")
        self.found, self.skipped, self.ignored = {}, {}, 0
        self.maker = corpus.Maker(bench.seed)
        self.undo = contextlib.ExitStack()
        try:
            self.make(bench)
        except BaseException:  # a full disk: nothing of it may stay mounted, locked or there
            self.close()
            raise

    def make(self, bench):
        os.makedirs(os.path.join(self.tree, "folder"))
        os.makedirs(self.outside)
        self.secret = self.document(os.path.join(self.outside, "secret.txt"))
        self.good("plain.txt")
        self.good("folder/inner.txt")
        self.links()
        self.specials()
        self.names()
        self.shut()
        self.large(bench.size(5_000, 50_000))
        os.mkdir(os.path.join(self.tree, "depth"))
        content, word = self.maker.document("deep.txt")
        deep(os.path.join(self.tree, "depth"), 5000, "deep.txt", content)
        self.found[word] = 1

    def document(self, file):
        content, word = self.maker.document(os.fsdecode(file))
        with open(file, "wb") as out:
            out.write(content)
        return word

    def good(self, path):
        base = os.fsencode(self.tree)
        self.found[self.document(os.path.join(base, os.fsencode(path)))] = 1

    def links(self):
        for name, target in (("loop", "loop"), ("etc", "/etc"), ("passwd.txt", "/etc/passwd"), ("up", ".."), ("here", "."),
                             ("secret.txt", os.path.join(self.outside, "secret.txt")), ("outside", self.outside),
                             ("a", "b"), ("b", "a"), ("dangling.txt", "nothing"), ("folder/back", "../folder")):
            os.symlink(target, os.path.join(self.tree, name))
            self.ignored += 1
        for name in ("hard1.txt", "hard2.txt"):  # one file, two documents
            os.link(os.path.join(self.tree, "plain.txt"), os.path.join(self.tree, name))
        self.found[next(iter(self.found))] = 3

    def specials(self):
        os.mkfifo(os.path.join(self.tree, "fifo.txt"))
        server = self.undo.enter_context(socket.socket(socket.AF_UNIX))
        server.bind(os.path.join(self.tree, "s.txt"))
        self.ignored += 2
        if os.geteuid() == 0:
            for name, kind, number in (("null.txt", stat.S_IFCHR, os.makedev(1, 3)), ("zero.txt", stat.S_IFCHR, os.makedev(1, 5)),
                                       ("disk.txt", stat.S_IFBLK, os.makedev(7, 0))):
                with contextlib.suppress(PermissionError):
                    os.mknod(os.path.join(self.tree, name), kind | 0o666, number)
                    self.ignored += 1
            loop = os.path.join(self.tree, "bound")
            os.mkdir(loop)
            bound = subprocess.run(["mount", "--bind", self.tree, loop], stderr=subprocess.DEVNULL, check=False)
            self.is_bound = bound.returncode == 0
            if self.is_bound:
                self.undo.callback(subprocess.run, ["umount", loop], check=True)
                self.ignored += 1

    def names(self):
        for name in (b"new\nline.txt", b"tab\t.txt", b"bad\xff.txt", b"n" * 251 + b".txt", "\u202ertl.txt".encode(), b"-rf.txt",
                     b"--force.txt", b" .txt", b"'quo\"te.txt", b"%s%n.txt", b"\x1b[31mred.txt", "мост 桥.txt".encode()):
            self.good(name)

    def shut(self):
        for name, is_folder in (("shut.txt", False), ("shut", True)):
            path = os.path.join(self.tree, name)
            if is_folder:
                os.mkdir(path)
            else:
                self.document(path)
            os.chmod(path, 0)
            self.undo.callback(os.chmod, path, 0o700)
            self.skipped[name] = "permission denied"
        sparse = os.path.join(self.tree, "sparse.txt")
        with open(sparse, "wb") as out:
            out.write(b"sparse text\n")
            try:
                out.truncate(2**40)
            except OSError:
                out.truncate(2**34)
        self.skipped["sparse.txt"] = ""

    def large(self, count):
        folder = os.path.join(self.tree, "large")
        os.mkdir(folder)
        for number in range(count):
            with open(os.path.join(folder, f"{number}.txt"), "w", encoding="ascii") as out:
                out.write(f"story {number}\n\nplentiful\n")
        self.found["plentiful"] = count

    def all_documents(self):
        return sum(self.found.values())

    def close(self):
        self.undo.close()
        remove(self.tree)


def owned(path):
    """The index belongs to who runs the indexer."""
    os.makedirs(path, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    return path


def reachable(work):
    os.chmod(work, 0o755)


def opened_outside(log, allowed):
    """Opens that are neither the system's nor below one of these folders; O_PATH steps there are no reading."""
    bad = []
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if not any(f" {call}(" in line for call in OPENS) or " = -1 " in line or "O_PATH" in line:
                continue
            below = re.search(r'openat2?\(\d+<(.*?)>, "(?!/)', line)
            if "<" not in line.replace("<unfinished", "") and "O_NOFOLLOW" in line and '"/' not in line:
                continue  # one step below an open folder whose path is too long to be told
            if "unfinished" in line:  # its end tells no name: what it began with must do
                named = re.search(r'"(/(?:[^"\\]|\\.)*)"', line)
                opened = (below or named or ["", ""])[1]
            else:
                opened = line.rsplit("<", 1)[-1].rstrip(">\n")
            if not opened.startswith((*SYSTEM, *allowed)):
                bad.append(line.strip()[:300])
    return bad


def counted(daemon, word):
    status, answer = daemon.ask(f"/api/v1/search?q=%3D{word}&collapse=off&variants=off&typo=off")
    require(status == 200, "searchd answers", status)
    return answer["total"]


def tree(bench):
    """9: what stands in the tree."""
    reachable(bench.work)
    hazards = Hazards(bench, bench.work)
    index, report = owned(os.path.join(bench.work, "index")), os.path.join(owned(os.path.join(bench.work, "reports")), "report")
    bench.numbers["documents"] = hazards.all_documents()

    def is_indexed(command):
        done = bench.programs.run([command, "--jobs", "2", "--index", index, "--report", report, hazards.tree],
                                  before=unprivileged(), cwd="/")
        bench.numbers[f"{command}, s"] = round(done.seconds, 1)
        require(done.code == 1, "it ends with", done.code, done.err)
        require(done.seconds <= SECONDS, "it took", done.seconds, "s")
        with open(report, encoding="utf-8") as file:
            said = json.load(file)
        skipped = {one["path"]: one["reason"] for one in said["skipped"]}
        require(set(skipped) == set(hazards.skipped), "skipped:", skipped)
        for path, reason in hazards.skipped.items():
            require(skipped[path] and reason in skipped[path], path, "is skipped because", skipped[path])
        require(sum(said["ignored"].values()) == hazards.ignored, "ignored:", said["ignored"], "not", hazards.ignored)
        require(said["documents"] == hazards.all_documents(), "indexed:", said["documents"])

    def is_found():
        with bench.programs.serving(index) as daemon:
            for word, number in hazards.found.items():
                require(counted(daemon, word) == number, word, "is found", counted(daemon, word), "times, not", number)
            for word in (hazards.secret, "root", "daemon"):
                require(counted(daemon, word) == 0, word, "came in from outside")

    def opens_nothing_else(command):
        log = os.path.join(os.path.dirname(report), "log")
        done = bench.programs.run([command, "--dry-run", "--index", index, hazards.tree],
                                  before=[*unprivileged(), "strace", "-f", "-y", "-qq", "--seccomp-bpf", "-s", "100", "-o", log,
                                          "-e", "trace=open,openat,openat2,creat"], cwd="/",
                                  environment={"TMPDIR": os.path.dirname(report)})
        require(done.code == 1, "it ends with", done.code, done.err)
        bad = opened_outside(log, (hazards.tree, index, os.path.dirname(report), bench.programs.indexer))
        bench.count("opened outside", len(bad))
        require(not bad, "opened outside of the sources:", bad[:5])

    try:
        for command in ("rebuild", "update"):
            bench.case(f"exactly what belongs to it is indexed, the rest named, by {command}", is_indexed, command)
            bench.case(f"what was indexed is found after {command}", is_found)
        for command in ("rebuild", "update"):
            bench.case(f"nothing outside of the sources is opened by {command}", opens_nothing_else, command)
    finally:
        hazards.close()


class Racer(threading.Thread):
    """Changes a part of the tree as fast as it can, until told to stop."""

    def __init__(self, folder, outside, seed, maker):
        super().__init__(daemon=True)
        self.folder, self.outside, self.rng, self.over, self.races = folder, outside, random.Random(seed), False, 0
        self.content = maker.document("x.txt")[0]

    def run(self):
        acts = (self.swap, self.grow, self.cut, self.delete, self.rename)
        while not self.over:
            with contextlib.suppress(OSError):
                self.rng.choice(acts)()
                self.races += 1

    def some(self):
        return os.path.join(self.folder, str(self.rng.randrange(8)), f"{self.rng.randrange(20)}.txt")

    def swap(self):
        """A file becomes a link to the secret, or a file again."""
        file, other = self.some(), os.path.join(self.folder, ".next")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(other)
        if self.rng.random() < 0.5:
            os.symlink(self.outside, other)
        else:
            with open(other, "wb") as out:
                out.write(self.content)
        os.rename(other, file)

    def opened(self, mode):
        # Never through a link.
        return os.fdopen(os.open(self.some(), os.O_RDWR | os.O_NOFOLLOW), mode)

    def grow(self):
        with self.opened("r+b") as out:
            out.seek(0, os.SEEK_END)
            if out.tell() < 2**20:
                out.write(b"grown " * 2000)

    def cut(self):
        with self.opened("r+b") as out:
            out.truncate(self.rng.randrange(100))

    def delete(self):
        os.unlink(self.some())

    def rename(self):
        """A folder goes elsewhere while it is read, or a link to the outside takes its place."""
        folder, away = os.path.join(self.folder, str(self.rng.randrange(8))), os.path.join(self.folder, "away")
        os.rename(folder, away)
        if self.rng.random() < 0.5:
            os.symlink(os.path.dirname(self.outside), folder)
            os.unlink(folder)
        os.rename(away, folder)


def races(bench):
    """9: what changes while it is walked and read."""
    reachable(bench.work)
    maker = corpus.Maker(bench.seed)
    tree_folder, outside = os.path.join(bench.work, "tree"), os.path.join(bench.work, "outside")
    index = owned(os.path.join(bench.work, "index"))
    os.makedirs(outside)
    content, secret = maker.document("secret.txt")
    with open(os.path.join(outside, "0.txt"), "wb") as out:
        out.write(content)
    still = maker.tree(60)
    still.write(os.path.join(tree_folder, "still"))
    moving = os.path.join(tree_folder, "moving")
    for number in range(8):
        os.makedirs(os.path.join(moving, str(number)))
        for name in range(20):
            with open(os.path.join(moving, str(number), f"{name}.txt"), "wb") as out:
                out.write(content.replace(secret.encode(), b"moving"))
    wanted = bench.size(100, 1000)
    racer = Racer(moving, os.path.join(outside, "0.txt"), bench.seed, maker)
    racer.start()
    seen = 0

    def one_run(command):
        before = racer.races
        done = bench.programs.run([command, "--force", "--jobs", "2", "--index", index, tree_folder], before=unprivileged(),
                                  cwd="/")
        require(done.code in (0, 1), "it ends with", done.code, done.err)
        require(done.seconds <= SECONDS, "it took", done.seconds, "s")
        bench.count("races", racer.races - before)
        with bench.programs.serving(index) as daemon:
            require(counted(daemon, secret) == 0, "a link was followed to the outside")
            for word in sorted(still.words.values()):
                require(counted(daemon, word) == 1, "a file that nobody touched is lost")

    try:
        for number in range(bench.size(4, 30)):
            bench.case(f"run {number}", one_run, healing(number))
    finally:
        racer.over = True
        racer.join()
    require(bench.numbers["races"] >= wanted, "only", bench.numbers["races"], "races")
