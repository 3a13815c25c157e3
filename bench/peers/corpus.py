"""What is indexed and asked: a folder of files, and the same documents as lines of text for the engines that read no files."""
import contextlib
import hashlib
import json
import os
import shutil

import machine
import queries
from machine import Failed

# What izde, Omega and Recoll all read without helpers; others would be read by some only.
KINDS = (".txt", ".md", ".html", ".htm")
LARGEST = 4_000_000  # bytes of a file: one of the engines stores no longer text


class Corpus:
    """`folder` is read by izde, Omega and Recoll, `texts` (see asked.hpp) fed to the others: what izde reads in the
    folder, so that all index the same text."""

    def __init__(self, name, folder, work):
        self.name, self.folder, self.work = name, folder, work
        self.texts = f"{work}/texts.tsv"
        self.documents = self.text_bytes = 0
        self.file_bytes = sum(os.stat(path).st_size for path in files_below(folder))
        self.field, self.queries = "", []

    def prepare(self, tools, log, seed, part):
        """Reads the folder once, not measured, and draws queries."""
        index = f"{self.work}/read"
        machine.run([tools.indexer, "rebuild", "--force", "--quiet", "--index", index, self.folder], log, good=(0, 1))
        printed, _ = machine.output_of([tools.bench, "texts", index, self.texts], log)
        shutil.rmtree(index)
        told = json.loads(printed)
        self.documents, self.text_bytes, self.field = told["documents"], told["text_bytes"], told["field"]
        self.queries = queries.Drawing(self.texts, self.field, seed).queries(part)
        if not self.queries:
            raise Failed(f"no queries can be drawn from {self.name}")

    def write_queries(self, kinds=None):
        path = f"{self.work}/queries{'-' + '-'.join(kinds) if kinds else ''}.tsv"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(query.line() for query in self.queries if not kinds or query.kind in kinds)
        return path

    def rows(self):
        """number, value, title, text of each document."""
        with open(self.texts, encoding="utf-8", newline="\n") as file:
            for line in file:
                number, value, title, body, furniture = line.rstrip("\n").split("\t")
                yield int(number), value, title, f"{title}. {body} {furniture}"

    def touch_all(self):
        """Into the page cache."""
        for path in files_below(self.folder):
            with open(path, "rb") as file:
                while file.read(1 << 20):
                    pass


def files_below(folder):
    for path, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(path, name)


def take(source, folder, most_bytes):
    """Files of `source` below `folder`, at most so many bytes: always the same, and from everywhere in it."""
    found = []
    for path in files_below(source):
        if path.lower().endswith(KINDS) and not os.path.islink(path) and 0 < os.stat(path).st_size <= LARGEST:
            found.append(os.path.relpath(path, source))
    found.sort(key=lambda name: hashlib.sha1(os.fsencode(name)).digest())
    taken = 0
    for name in found:
        if taken >= most_bytes:
            break
        taken += os.stat(os.path.join(source, name)).st_size
        to = os.path.join(folder, name)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        try:
            os.link(os.path.join(source, name), to)
        except OSError:
            shutil.copyfile(os.path.join(source, name), to)
    if not taken:
        raise Failed(f"{source} has no {' '.join(KINDS)} files")


@contextlib.contextmanager
def scratch(path):
    """An empty folder, gone afterwards."""
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
