"""Xapian as it comes, in one process: the floor of building and of asking."""
from peer import Peer, compile_cpp


class Xapian(Peer):
    name = "xapian"
    about = "TermGenerator with stems and positions, compacted; QueryParser, get_mset, Xapian's snippets"
    packages = ("libxapian-dev", "xapian-tools")
    floor = True

    def prepare(self):
        self.program = compile_cpp(self.tools, self.log, "xapian_peer.cpp", ["xapian-core"])

    def build(self, corpus, index):
        return [[self.program, "build", f"{index}/growing", corpus.texts]]

    def optimise(self, index):
        return [["xapian-compact", "--quiet", f"{index}/growing", f"{index}/db"]]

    def index_of(self, index):
        return [f"{index}/db"]

    def ask(self, index, queries, rounds):
        return [self.program, "ask", f"{index}/db", queries, rounds]

    def throughput(self, index, queries, seconds):
        return [self.program, "throughput", f"{index}/db", queries, seconds]
