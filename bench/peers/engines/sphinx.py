"""Sphinx 2.2, asked in MySQL's protocol, which is the one it speaks."""
import os

from peer import Peer, Service

CONFIGURATION = """
source texts
{{
  type = tsvpipe
  tsvpipe_command = cat {fed}
  tsvpipe_attr_string = value
  tsvpipe_attr_string = title
  tsvpipe_field_string = body
}}
index docs
{{
  source = texts
  path = {index}/docs
  morphology = stem_en
  dict = keywords
  min_prefix_len = 3
}}
indexer
{{
  mem_limit = 512M
  max_file_field_buffer = 16M
}}
searchd
{{
  listen = 127.0.0.1:{port}:mysql41
  workers = threads
  max_children = 300
  pid_file = {work}/pid
  log = {work}/log
  binlog_path =
}}
"""


class Sphinx(Peer):
    name = "sphinx"
    about = "stem_en, prefixes, texts as attributes in memory; SphinxQL over MySQL's protocol"
    packages = ("sphinxsearch",)

    def configure(self, corpus, index, port, work):
        path = f"{work}/sphinx.conf"
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(fed=f"{corpus.work}/sphinx.tsv", index=index, port=port, work=work))
        return path

    def build(self, corpus, index):
        fed = f"{corpus.work}/sphinx.tsv"
        if not os.path.exists(fed):
            with open(fed, "w", encoding="utf-8", newline="\n") as file:
                for number, value, title, body in corpus.rows():
                    file.write(f"{number}\t{value}\t{title}\t{body}\n")
        # The port is not opened by the indexer.
        return [["indexer", "--config", self.configure(corpus, index, 9306, index), "--all"]]

    @staticmethod
    def target(query):
        match = " | ".join(query.words.split()) if query.kind == "or" else query.typed
        condition = f"MATCH('{match}')"
        if query.kind == "filter":
            value = query.value.replace("\\", "\\\\").replace("'", "\\'")
            condition += f" AND value = '{value}'"
        facets = " FACET value" if query.kind == "facets" else ""
        return (f"SELECT id, title, WEIGHT() AS score, SNIPPET(body, '{match}', 'limit=200', 'around=20', "
                f"'query_mode=1', 'before_match=<b>', 'after_match=</b>') AS shown FROM docs WHERE {condition} "
                f"LIMIT 10 OPTION max_matches=10{facets}")

    def serve(self, corpus, index, port, work):
        configuration = self.configure(corpus, index, port, work)
        return Service(commands=[["/usr/bin/searchd", "--nodetach", "--config", configuration]], target=self.target,
                       hits=lambda answer: answer.count(b"<b>") and 1, protocol="mysql",
                       ready="SELECT id FROM docs LIMIT 1")
