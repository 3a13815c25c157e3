"""What every engine is to the measurements. A subclass says how it is built, asked and served; the rest stays the same."""
import os
import shutil
import subprocess
import urllib.parse
from dataclasses import dataclass

import machine
from machine import Failed

HERE = os.path.dirname(os.path.abspath(__file__))
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


@dataclass
class Service:
    """How a running server is asked."""
    commands: list                 # started together
    target: object                 # a Query → what to ask for, or None where it cannot be asked
    hits: object                   # the bytes of an answer → how many hits it has
    mark: str = "<b>"              # what stands in an answer with a lit word
    protocol: str = "http"
    ready: str = "/"               # a target that answers 200 when it serves


class Peer:
    name = ""
    about = ""       # a few words for the table's foot
    packages = ()    # of Debian
    floor = False    # there to be measured against

    def __init__(self, tools, log):
        self.tools, self.log = tools, log

    def prepare(self):
        """Compiles what it needs. Raises Failed."""

    def version(self):
        return debian_version(self.packages[0]) if self.packages else ""

    # Each of these may be left out by a peer that cannot do it.
    def build(self, corpus, index):
        """Before it `index` is an empty folder. Returns commands."""
        return None

    def optimise(self, index):
        """Commands that make the index as small as it gets."""
        return []

    def index_of(self, index):
        """What of the folder is the index, after all commands."""
        return [index]

    def ask(self, index, queries, rounds):
        """A command that prints samples (see asked.hpp)."""
        return None

    def throughput(self, index, queries, seconds):
        """A command that asks on all cores; prints a line a way: its name, threads, answers per second, p50, p99."""
        return None

    def serve(self, corpus, index, port, work):
        """A Service; `work` is an empty folder for its files."""
        return None


def debian_version(package):
    shown = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=False)
    return shown.stdout.strip() if shown.returncode == 0 else ""


def missing_packages(packages):
    return [package for package in packages if not debian_version(package)]


def install(packages, log):
    """Their services are not started: they come to be measured, not to serve. Raises Failed."""
    missing = missing_packages(packages)
    if not missing:
        return
    if os.geteuid() != 0 and not shutil.which("sudo"):
        raise Failed("missing packages: " + " ".join(missing))
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    policy = "/usr/sbin/policy-rc.d"
    ours = not os.path.exists(policy)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try:
        if ours:
            subprocess.run([*as_root, "sh", "-c", f"echo 'exit 101' > {policy} && chmod +x {policy}"], check=True)
        for attempt in ([], ["update"]):
            if attempt:
                subprocess.run([*apt, *attempt], stdout=log, stderr=log, check=False)
            done = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *missing], stdout=log, stderr=log,
                                  check=False)
            if done.returncode == 0:
                return
    finally:
        if ours:
            subprocess.run([*as_root, "rm", "-f", policy], check=False)
    raise Failed("cannot install " + " ".join(missing))


def compile_cpp(tools, log, source, libraries):
    """Returns the program's path; compiled again only when a source is newer."""
    sources = [f"{HERE}/asked.hpp"] + [f"{HERE}/engines/{name}" for name in os.listdir(f"{HERE}/engines")
                                       if name.endswith(".hpp") or name == source]
    program = f"{tools.made}/{os.path.splitext(source)[0]}"
    if not os.path.exists(program) or os.stat(program).st_mtime < max(os.stat(one).st_mtime for one in sources):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", *libraries], capture_output=True, text=True,
                               check=False)
        if flags.returncode != 0:
            raise Failed(flags.stderr.strip().replace("\n", " "))
        machine.run(["c++", "-std=c++20", "-O2", *WARNINGS, f"-I{HERE}", "-o", program, f"{HERE}/engines/{source}",
                     *flags.stdout.split(), "-pthread"], log)
    return program


def url(path, **parameters):
    return path + "?" + urllib.parse.urlencode(parameters)
