"""Runs izde's programs, alone or under strace, and looks at what is served."""
import contextlib
import dataclasses
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse

import corpus

# Leak checking cannot run below strace; faketime is preloaded before the sanitizers' runtime.
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS="detect_leaks=0:verify_asan_link_order=0", LC_ALL="C.UTF-8")
PATIENCE = 30  # seconds until a program that has not ended counts as hanging
KNOWN_IN_INDEX = {"current", "generations", "known", "lock", "last-run.json", "poison.json"}
REMEMBERED = {"files", "documents", "rows", "prints", "repetition", "pairs", "words"}  # of each generation, below known/


class Failed(Exception):
    """A promise was not kept; says which."""


def require(truth, *what):
    if not truth:
        raise Failed(" ".join(str(one) for one in what))


@dataclasses.dataclass
class Ended:
    code: int
    err: str
    out: str = ""
    seconds: float = 0.0


class Programs:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.indexer = os.path.join(self.folder, "izde-indexer")
        self.searchd = os.path.join(self.folder, "izde-searchd")

    def run(self, arguments, before=(), environment=None, **more):
        start = time.monotonic()
        try:
            done = subprocess.run([*before, self.indexer, *arguments], env={**ENVIRONMENT, **(environment or {})},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=PATIENCE, **more)
        except subprocess.TimeoutExpired:
            raise Failed("hangs:", " ".join(arguments)) from None
        return Ended(done.returncode, done.stderr.decode(errors="replace"), done.stdout.decode(errors="replace"),
                     time.monotonic() - start)

    @contextlib.contextmanager
    def serving(self, index):
        daemon = Daemon(self.searchd, index)
        try:
            yield daemon
        finally:
            daemon.stop()


class Daemon:
    def __init__(self, searchd, index):
        self.process = subprocess.Popen([searchd, "--index", index, "--listen", "127.0.0.1:0"], env=ENVIRONMENT,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            error = self.process.stderr.read().decode(errors="replace")
            self.stop()
            raise Failed("searchd does not start:", line, error)
        self.port = int(found[1])

    def ask(self, target):
        """Status and JSON of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", target)
            response = connection.getresponse()
            return response.status, json.loads(response.read())

    def ready(self):
        return self.ask("/readyz")[1]

    def wait(self, condition, seconds=10):
        """Until /readyz says so."""
        deadline = time.monotonic() + seconds
        while True:
            ready = self.ready()
            if condition(ready):
                return ready
            require(time.monotonic() < deadline, "searchd still says", ready)
            time.sleep(0.02)

    def paths_with(self, word):
        query = urllib.parse.urlencode({"q": "=" + word, "variants": "off", "typo": "off", "collapse": "off"})
        status, answer = self.ask("/api/v1/search?" + query)
        require(status == 200, "searchd answers", status, answer)
        return sorted(hit["path"] for hit in answer["hits"]), answer["index"]

    def serves(self, state, words):
        """Exactly this state, as far as these words tell."""
        for word in words:
            paths, index = self.paths_with(word)
            require(paths == state.paths_with(word), "searchd finds", paths, "for", word, "and not",
                    state.paths_with(word))
            require(index["documents"] == len(state), "searchd serves", index["documents"], "documents, not", len(state))

    def stop(self):
        self.process.terminate()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed("searchd does not stop") from None
        finally:
            self.process.stdout.close()
            error = self.process.stderr.read().decode(errors="replace")
            self.process.stderr.close()
        require(code in (0, -signal.SIGTERM), "searchd ended with", code, error)


def content_of(folder):
    """A fingerprint of names and bytes; equal folders have equal ones."""
    digest = hashlib.sha256()
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = os.path.join(base, name)
            digest.update(os.path.relpath(file, folder).encode() + b"\0")
            with open(file, "rb") as data:
                digest.update(data.read())
    return digest.hexdigest()


class Fixture:
    """An index that holds two generations, and a tree that has changed since.

    `before` was indexed first, `live` second; the folder `tree` holds `next`, of which an index was made
    elsewhere. `edits` as corpus.Maker.edited() takes them: by them an update writes all anew or less.
    """

    def __init__(self, programs, work, documents, seed, edits="few"):
        maker = corpus.Maker(seed)
        self.programs, self.work = programs, work
        self.tree = os.path.join(work, "tree")
        self.original = os.path.join(work, "original")
        self.before = maker.tree(documents)
        self.live = maker.edited(self.before, "many")
        self.next = maker.edited(self.live, edits)
        for state in (self.before, self.live):
            state.write(self.tree)
            done = self.programs.run(["rebuild", "--quiet", "--jobs", "2", "--index", self.original, self.tree])
            require(done.code == 0, "the first index fails:", done.code, done.err)
        self.next.write(self.tree)
        self.expected = self.made_of_next()
        self.live_id = self.pointer(self.original)
        self.before_id = min(os.listdir(os.path.join(self.original, "generations")))
        self.content = {name: content_of(os.path.join(self.original, "generations", name))
                        for name in (self.before_id, self.live_id)}
        # Words that tell the three states apart, and one that all have.
        states = (self.before, self.live, self.next)
        self.words = [sorted(set(a.words.values()) - set(b.words.values()))[0]
                      for a, b in ((states[0], states[1]), (states[1], states[0]), (states[1], states[2]),
                                   (states[2], states[1]))]
        self.words.append(sorted(set.intersection(*(set(s.words.values()) for s in states)))[0])

    def made_of_next(self):
        """What a rebuild into an empty folder makes of the tree."""
        index = os.path.join(self.work, "rebuilt")
        done = self.programs.run(["rebuild", "--quiet", "--jobs", "2", "--index", index, self.tree])
        require(done.code == 0, "the rebuild to compare with fails:", done.code, done.err)
        return self.made_in(index)

    def made_in(self, index):
        """All of an index that must not depend on how it came to be."""
        stats = json.loads(self.programs.run(["stats", "--json", "--index", index]).out)
        with open(os.path.join(index, "generations", self.pointer(index), "vocabulary"), "rb") as file:
            return {"documents": stats["documents"], "by": stats["by"],
                    "vocabulary": hashlib.sha256(file.read()).hexdigest()}

    def copy(self, name):
        """A fresh copy of the index, and its path."""
        index = os.path.join(self.work, name)
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(self.original, index)
        return index

    @staticmethod
    def pointer(index):
        with open(os.path.join(index, "current"), encoding="ascii") as file:
            return file.read().strip()

    def old_is_untouched(self, index, ids=None):
        for name in ids or (self.live_id,):
            folder = os.path.join(index, "generations", name)
            require(os.path.isdir(folder) and content_of(folder) == self.content[name], "generation", name, "was touched")

    def state_of(self, index, target):
        """The state the pointer stands for: the live one or the command's target; sound by `check`."""
        done = self.programs.run(["check", "--index", index])
        require(done.code == 0, "check after the fault:", done.code, done.err)
        stats = self.programs.run(["stats", "--json", "--index", index])
        require(stats.code == 0, "stats after the fault:", stats.err)
        documents = json.loads(stats.out)["documents"]
        if self.pointer(index) == self.live_id:
            require(documents == len(self.live), "the old generation has", documents, "documents")
            return self.live
        require(documents == len(target), "the new generation has", documents, "documents, not", len(target))
        return target

    def next_run_heals(self, index, command="rebuild", daemon=None, most=2):
        """A normal run succeeds with no manual step, leaves nothing over, and is served."""
        done = self.programs.run([command, "--quiet", "--jobs", "2", "--index", index, self.tree])
        require(done.code == 0, f"the next {command} ends with", done.code, done.err)
        no_litter(index, most)
        require(self.made_in(index) == self.expected, f"{command} made something else than a rebuild:",
                self.made_in(index), "not", self.expected)
        with contextlib.ExitStack() as stack:
            daemon = daemon or stack.enter_context(self.programs.serving(index))
            daemon.wait(lambda ready: ready["generation"] == self.pointer(index))
            daemon.serves(self.next, self.words)


def generations_in(index):
    return sorted(os.listdir(os.path.join(index, "generations")))


def listed_in(generation):
    """The names of its files; none if its manifest is damaged."""
    try:
        with open(os.path.join(generation, "manifest.json"), encoding="utf-8") as file:
            return {one["name"] for one in json.load(file)["files"]} | {"manifest.json"}
    except (ValueError, RecursionError, OSError):
        return None


def no_litter(index, most=2):
    with open(os.path.join(index, "current"), encoding="utf-8") as file:
        pointer = file.read().strip()
    over = set(os.listdir(index)) - KNOWN_IN_INDEX
    require(not over, "left over in the index:", sorted(over))
    found = generations_in(index)
    require(len(found) <= most, "too many generations:", found)
    for name in sorted(os.listdir(os.path.join(index, "known"))):
        require(name in found, "remembered of no generation:", name)
        require(set(os.listdir(os.path.join(index, "known", name))) <= REMEMBERED, "left over in the memory of", name)
    for name in found:
        folder = os.path.join(index, "generations", name)
        require(not name.endswith(".tmp"), "left over:", name)
        listed = listed_in(folder)
        if listed is None:  # damaged, and stays only while a server looks at it
            require(name != pointer, "the live manifest cannot be read")
            continue
        require(set(os.listdir(folder)) == listed, "in", name, "besides its files:", set(os.listdir(folder)) ^ listed)


def remove(folder):
    """However deep it is: rmtree recurses, rm does not. What it cannot remove is said, and not an error."""
    subprocess.run(["rm", "-rf", "--", folder], check=False)


@contextlib.contextmanager
def scratch():
    """A folder that is gone afterwards, whatever was made in it."""
    work = tempfile.mkdtemp(prefix="izde-faults-")
    try:
        yield work
    finally:
        remove(work)
