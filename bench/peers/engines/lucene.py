"""Lucene 8, in one process."""
import glob

import machine
from machine import Failed
from peer import HERE, Peer

PARTS = ("core", "analyzers-common", "highlighter", "memory", "queries")


class Lucene(Peer):
    name = "lucene"
    about = "EnglishAnalyzer, positions, texts stored, one thread; UnifiedHighlighter; in process, warmed up"
    packages = ("liblucene8-java", "openjdk-17-jdk-headless")

    def prepare(self):
        jars = [jar for part in PARTS for jar in glob.glob(f"/usr/share/java/lucene-{part}-8*.jar")]
        if len(jars) < len(PARTS):
            raise Failed("Lucene's jars are not where Debian puts them")
        path = ":".join([*jars, self.tools.made])
        machine.run(["javac", "-nowarn", "-d", self.tools.made, "-cp", path, f"{HERE}/engines/LucenePeer.java"], self.log)
        self.java = ["java", "-Xmx2g", "-cp", path, "LucenePeer"]

    def build(self, corpus, index):
        return [[*self.java, "build", f"{index}/db", corpus.texts]]

    def optimise(self, index):
        return [[*self.java, "optimise", f"{index}/db"]]

    def ask(self, index, queries, rounds):
        return [*self.java, "ask", f"{index}/db", queries, rounds]
