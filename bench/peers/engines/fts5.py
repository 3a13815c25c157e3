"""SQLite FTS5, in one process."""
from peer import Peer, compile_cpp


class Fts5(Peer):
    name = "fts5"
    about = "SQLite, porter unicode61, texts stored; in process"
    packages = ("libsqlite3-dev",)

    def prepare(self):
        self.program = compile_cpp(self.tools, self.log, "fts5_peer.cpp", ["sqlite3"])

    def build(self, corpus, index):
        return [[self.program, "build", f"{index}/db", corpus.texts]]

    def optimise(self, index):
        return [[self.program, "optimise", f"{index}/db"]]

    def ask(self, index, queries, rounds):
        return [self.program, "ask", f"{index}/db", queries, rounds]
