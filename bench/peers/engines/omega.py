"""Omega: omindex, and its CGI program behind nginx and fcgiwrap, a process for each request."""
import json
import os

from peer import Peer, Service, url

# In it $( $) and $. stand for braces and commas.
TEMPLATE = ('$set{flag_wildcard,1}$httpheader{Content-Type,application/json}{"total":$msize,"hits":['
            '$hitlist{$if{$ne{$hit,$topdoc},$.}$("title":"$json{$field{caption}}"$.'
            '"snippet":"$json{$snippet{$field{sample},200}}"$)}]}')
NGINX = """
daemon off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/nginx.log; {user}
events {{ worker_connections 600; }}
http {{
  access_log off; keepalive_requests 100000000;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work}; scgi_temp_path {work};
  server {{ listen 127.0.0.1:{port};
    location / {{
      fastcgi_pass unix:{work}/socket; include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME /usr/lib/cgi-bin/omega/omega; fastcgi_param OMEGA_CONFIG_FILE {work}/omega.conf;
    }} }}
}}
"""


class Omega(Peer):
    name = "omega"
    about = "omindex reads the files; CGI behind nginx, a process a request"
    packages = ("xapian-omega", "nginx-light", "fcgiwrap", "xapian-tools")

    def build(self, corpus, index):
        return [["omindex", "--overwrite", "--db", f"{index}/growing", "-U", "/", "--sample-size=16M",
                 "--empty-docs=index", "-M", "md:text/plain", corpus.folder]]

    def optimise(self, index):
        return [["xapian-compact", "--quiet", f"{index}/growing", f"{index}/db"]]

    def index_of(self, index):
        return [f"{index}/db"]

    @staticmethod
    def target(query):
        if query.kind in ("filter", "facets"):
            return None
        return url("/omega", DB="db", FMT="json", P=query.typed, DEFAULTOP="and", HITSPERPAGE=10)

    def serve(self, corpus, index, port, work):
        os.makedirs(f"{work}/templates")
        user = "user root;" if os.geteuid() == 0 else ""
        for name, text in (("templates/json", TEMPLATE), ("nginx.conf", NGINX.format(work=work, port=port, user=user)),
                           ("omega.conf", f"database_dir {index}\ntemplate_dir {work}/templates\nlog_dir {work}\n"
                                          f"cdb_dir {work}\n")):
            with open(f"{work}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        return Service(commands=[["fcgiwrap", "-c", 4, "-s", f"unix:{work}/socket"],
                                 ["nginx", "-e", f"{work}/nginx.log", "-c", f"{work}/nginx.conf"]],
                       target=self.target, hits=lambda answer: len(json.loads(answer, strict=False)["hits"]),
                       mark="<strong>", ready=url("/omega", DB="db", FMT="json", P="ready"))
