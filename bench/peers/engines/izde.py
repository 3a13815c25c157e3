"""izde, through its programs."""
import json
import os

from peer import Peer, Service, url


class Izde(Peer):
    name = "izde"
    about = "izde-indexer rebuild, izde-searchd; reads the files"

    def version(self):
        return self.tools.version

    def build(self, corpus, index):
        return [[self.tools.indexer, "rebuild", "--force", "--quiet", "--index", index, corpus.folder]]

    def index_of(self, index):
        with open(f"{index}/current", encoding="ascii") as file:
            return [os.path.join(index, "generations", file.read().strip())]

    def ask(self, index, queries, rounds):
        return [self.tools.bench, "queries", index, queries, rounds]

    def throughput(self, index, queries, seconds):
        return [self.tools.bench, "throughput", index, queries, "--seconds", seconds]

    @staticmethod
    def target(query):
        asked = {"q": query.typed}
        if query.kind == "filter":
            asked[query.field] = query.value
        if query.kind == "facets":
            asked["facets"] = query.field
        return url("/api/v1/search", **asked)

    def serve(self, corpus, index, port, work):
        # All connections of a load come from one address, which may have 64 unless told otherwise.
        configuration = os.path.join(work, "izde.toml")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write("[searchd.limits]\nconnections_per_address = 1000\nqueue = 1000\n")
        return Service(commands=[[self.tools.searchd, "--index", index, "--listen", f"127.0.0.1:{port}", "--config", configuration]],
                       target=self.target, hits=lambda answer: len(json.loads(answer)["hits"]), mark="<mark>",
                       ready="/readyz")
