"""Groonga, in its own nginx with two workers."""
import json
import os

from peer import Peer, Service, url

BEFORE = """plugin_register token_filters/stem
table_create Docs TABLE_HASH_KEY UInt32
column_create Docs value COLUMN_SCALAR ShortText
column_create Docs title COLUMN_SCALAR ShortText
column_create Docs body COLUMN_SCALAR LongText
load --table Docs
"""
AFTER = """
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto \
--token_filters TokenFilterStem
column_create Terms body COLUMN_INDEX|WITH_POSITION Docs body
"""
NGINX = """
daemon off; worker_processes 2; pid {work}/pid; error_log {work}/log; {user}
events {{ worker_connections 600; }}
http {{
  access_log off; keepalive_requests 100000000; tcp_nodelay on;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work}; scgi_temp_path {work};
  groonga_database {index}/db; groonga_log_path {work}/groonga.log;
  server {{ listen 127.0.0.1:{port}; location /d/ {{ groonga on; groonga_query_log_path off; }} }}
}}
"""


class Groonga(Peer):
    name = "groonga"
    about = "bigrams and stems, index made behind the load; groonga-httpd, two workers, no cache"
    packages = ("groonga-httpd", "groonga-bin", "groonga-token-filter-stem")

    def build(self, corpus, index):
        fed = f"{corpus.work}/groonga.txt"
        if not os.path.exists(fed):
            with open(fed, "w", encoding="utf-8") as file:
                file.write(BEFORE + "[\n")
                comma = ""
                for number, value, title, body in corpus.rows():
                    row = {"_key": number, "value": value, "title": title, "body": body}
                    file.write(comma + json.dumps(row, ensure_ascii=False))
                    comma = ",\n"
                file.write("\n]\n" + AFTER)
        return [["groonga", "--file", fed, "-n", f"{index}/db"]]

    @staticmethod
    def target(query):
        asked = {"table": "Docs", "match_columns": "body", "query": query.typed, "limit": 10, "cache": "no",
                 "sort_keys": "-_score", "output_columns": "_key,title,_score,snippet_html(body)"}
        if query.kind == "filter":
            asked["filter"] = f"value == {json.dumps(query.value, ensure_ascii=False)}"
        if query.kind == "facets":
            asked |= {"drilldown": "value", "drilldown_sort_keys": "-_nsubrecs"}
        return url("/d/select", **asked)

    def serve(self, corpus, index, port, work):
        os.makedirs(f"{work}/logs")
        user = "user root;" if os.geteuid() == 0 else ""
        with open(f"{work}/nginx.conf", "w", encoding="utf-8") as file:
            file.write(NGINX.format(work=work, index=index, port=port, user=user))
        return Service(commands=[["groonga-httpd", "-p", work, "-c", f"{work}/nginx.conf"]], target=self.target,
                       hits=lambda answer: len(json.loads(answer)[1][0]) - 2, mark="span class=", ready="/d/status")
