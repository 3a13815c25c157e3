"""What serving costs at the least: cpp-httplib with a constant answer, and over Xapian with two kinds of snippets."""
import json

from engines.xapian import Xapian
from peer import Service, compile_cpp, url


class Floor(Xapian):
    packages = ("libxapian-dev", "xapian-tools", "libcpp-httplib-dev", "nlohmann-json3-dev")
    what = ""

    def prepare(self):
        super().prepare()
        self.server = compile_cpp(self.tools, self.log, "floor_server.cpp", ["xapian-core", "cpp-httplib"])

    def ask(self, index, queries, rounds):
        return None

    def throughput(self, index, queries, seconds):
        return None

    def serve(self, corpus, index, port, work):
        return Service(commands=[[self.server, self.what, port, f"{index}/db"]],
                       target=lambda query: None if query.kind in ("filter", "facets") else url("/search", q=query.typed),
                       hits=lambda answer: len(json.loads(answer)["hits"]), ready="/readyz")


class Hello(Floor):
    name = "hello"
    about = "cpp-httplib with a constant answer"
    what = "hello"
    build = None


class Bare(Floor):
    name = "bare"
    about = "cpp-httplib over Xapian with a plain snippet, which knows no phrases and escapes nothing"
    what = "plain"
    shares = "xapian"
    build = None


class BareXapian(Bare):
    name = "bare-xapian"
    about = "the same with Xapian's snippets"
    what = "snippets"
