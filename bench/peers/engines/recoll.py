"""Recoll: recollindex, and recollq, a process for each query."""
from peer import HERE, Peer


class Recoll(Peer):
    name = "recoll"
    about = "recollindex reads the files; recollq, a process a query"
    packages = ("recollcmd",)

    def configure(self, corpus, index):
        with open(f"{index}/recoll.conf", "w", encoding="utf-8") as file:
            file.write(f"topdirs = {corpus.folder}\nindexstemminglanguages = english\nloglevel = 2\n"
                       "idxflushmb = 100\nnoaspell = 1\n")
        with open(f"{index}/mimemap", "w", encoding="utf-8") as file:
            file.write(".md = text/plain\n")

    def build(self, corpus, index):
        self.configure(corpus, index)
        return [["recollindex", "-c", index, "-z"]]

    def index_of(self, index):
        return [f"{index}/xapiandb"]

    def ask(self, index, queries, rounds):
        return ["python3", f"{HERE}/ask_recoll.py", index, queries, rounds]
