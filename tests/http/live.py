#!/usr/bin/python3
"""izde-searchd over samples/, held against what it says of itself and what the manual says of it.

  live.py --bin BINARIES            the tests
  live.py --bin BINARIES --write    writes into docs/http-api.md what each of its commands prints
"""
import argparse
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

import feedparser
import jsonschema
from lxml import etree
from prometheus_client.parser import text_string_to_metric_families

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs/http-api.md"
SHOWN_AT = "http://127.0.0.1:8080"  # where the manual's commands ask


class Server:
    """Both programs as a user runs them, with a key for the figures."""

    def __init__(self, binaries):
        self.folder = tempfile.TemporaryDirectory(prefix="izde-live-")
        place = pathlib.Path(self.folder.name)
        subprocess.run([binaries / "izde-indexer", "rebuild", "--quiet", "--index", place / "index", ROOT / "samples"],
                       check=False)
        self.process = subprocess.Popen(
            [binaries / "izde-searchd", "--index", place / "index", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = re.search(r"http://\S+?(?=/\n)", self.process.stdout.readline())[0]

    def close(self):
        self.process.terminate()
        self.process.communicate()
        self.folder.cleanup()

    def ask(self, path, params=(), method="GET", body=None, headers=None):
        """Status, content type, headers, bytes."""
        query = urllib.parse.urlencode(list(params))
        request = urllib.request.Request(self.base + path + ("?" + query if query else ""), data=body, method=method,
                                         headers=headers or {})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers.get_content_type(), answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get_content_type(), answer.headers, answer.read()


def strict_json(text):
    """JSON in valid UTF-8 without NaN, lone surrogates and repeated names."""
    def once(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise ValueError("a name comes twice")
        return dict(pairs)

    def never(constant):
        raise ValueError(constant)
    value = json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=never)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


class Live(unittest.TestCase):
    server = None

    @classmethod
    def setUpClass(cls):
        cls.api = strict_json(cls.server.ask("/openapi.json")[3])
        cls.id = strict_json(cls.server.ask("/api/v1/search", [("q", "dust storm")])[3])["hits"][0]["id"]

    def operations(self):
        for path, item in self.api["paths"].items():
            for method, operation in item.items():
                yield path, method.upper(), operation

    def parameters(self, operation):
        return [one for one in operation.get("parameters", []) if one["in"] == "query"]

    def ask(self, path, params=(), **more):
        return self.server.ask(path.replace("{id}", self.id), params, **more)

    def needed(self, operation):
        return [(one["name"], self.id) for one in self.parameters(operation) if one["required"]]

    def check(self, operation, answer):
        """The answer is one that the description tells of."""
        status, content_type, _, body = answer
        described = operation["responses"].get(str(status))
        self.assertIsNotNone(described, f"{status} is not described: {body[:200]}")
        if "$ref" in described:
            described = self.api["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
        if "content" not in described:
            self.assertEqual(body, b"")
            return
        self.assertIn(content_type, described["content"])
        if not content_type.endswith("json"):
            return
        schema = dict(described["content"][content_type]["schema"], components=self.api["components"])
        jsonschema.Draft202012Validator(schema).validate(strict_json(body))

    def test_every_described_route_answers_as_it_is_described(self):
        for path, method, operation in self.operations():
            if method == "HEAD":
                continue
            with self.subTest(path=path, method=method):
                more = {"method": method}
                if method == "POST":
                    more.update(body=b'{"q": "water"}', headers={"Content-Type": "application/json"})
                answer = self.ask(path, [] if method == "POST" else self.needed(operation), **more)
                self.assertEqual(answer[0], 200, answer[3][:300])
                self.check(operation, answer)

    def values(self, parameter):
        """Some that it takes, and some that it does not."""
        schema = parameter["schema"]
        each = schema.get("items", schema)
        if "enum" in each:
            return each["enum"], ["nonsense"]
        if each.get("type") == "integer":
            least, most = each["minimum"], each["maximum"]
            return [least, most], [least - 1, most + 1, "x"]
        if "pattern" in each:
            return ["2022", "2022-01", "2022-01-25"], ["22", "2022-13"]
        return ["water"], []

    def test_every_described_parameter_is_known_and_takes_what_is_described(self):
        asked = 0
        for path, method, operation in self.operations():
            if method == "POST":
                continue
            for parameter in self.parameters(operation):
                good, bad = self.values(parameter)
                others = [one for one in self.needed(operation) if one[0] != parameter["name"]]
                if parameter["required"]:
                    good = [self.id]
                if parameter["name"] == "page":
                    others.append(("limit" if path.startswith("/export") else "per_page", 1))
                for value, fine in [(one, True) for one in good] + [(one, False) for one in bad]:
                    with self.subTest(path=path, parameter=parameter["name"], value=value):
                        answer = self.ask(path, others + [(parameter["name"], value)], method=method)
                        self.assertEqual(answer[0], 200 if fine else 400, answer[3][:300])
                        if method == "GET":
                            self.check(operation, answer)
                        asked += 1
        self.assertGreater(asked, 200)

    def test_no_route_knows_a_parameter_that_is_not_described(self):
        everywhere = {one["name"] for _, _, operation in self.operations() for one in self.parameters(operation)}
        for path, method, operation in self.operations():
            if method != "GET":
                continue
            known = {one["name"] for one in self.parameters(operation)}
            for name in sorted(everywhere - known) + ["key", "callback", "_"]:
                with self.subTest(path=path, name=name):
                    answer = self.ask(path, self.needed(operation) + [(name, "1")])
                    self.assertEqual(answer[0], 400)
                    self.assertEqual(strict_json(answer[3])["code"], "unknown_parameter")
                    self.check(operation, answer)
            # What a far name is told to be known is all there is.
            hint = strict_json(self.ask(path, [("zzzzzzzzzzzzzzzz", "1")])[3])["hint"]
            told = hint.removeprefix("known are: ").split(", ") if known else []
            self.assertEqual(set(told), known, path)

    def test_a_method_that_is_not_described_is_refused_with_those_that_are(self):
        for path, item in self.api["paths"].items():
            with self.subTest(path=path):
                status, _, headers, _ = self.ask(path, method="DELETE")
                self.assertEqual(status, 405)
                self.assertEqual({one.lower() for one in headers["Allow"].split(", ")}, set(item))

    def test_documents_that_are_not_there_and_bodies_that_are_none_are_described(self):
        for path, method, operation in self.operations():
            with self.subTest(path=path, method=method):
                if "{id}" in path and method == "GET":
                    self.check(operation, self.server.ask(path.replace("{id}", "ffffffffffffffff")))
                if method == "POST":
                    for body, kind in [(b"{", "application/json"), (b"{}", "text/plain"),
                                       (b'{"nonsense": 1}', "application/json")]:
                        self.check(operation, self.ask(path, method=method, body=body, headers={"Content-Type": kind}))

    def test_a_post_takes_what_its_schema_takes(self):
        operation = self.api["paths"]["/api/v1/search"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        for body in [{"q": "water", "page": 1, "lang": ["en", "ru"], "typo": False, "facets": ["lang", "year"]},
                     {"q": None, "lang": "en", "per_page": "5", "facets": "lang,year"}, {}]:
            with self.subTest(body=body):
                jsonschema.Draft202012Validator(schema).validate(body)
                answer = self.ask("/api/v1/search", method="POST", body=json.dumps(body).encode(),
                                  headers={"Content-Type": "application/json"})
                self.assertEqual(answer[0], 200)
                self.check(operation, answer)

    def test_the_figures_are_what_prometheus_reads(self):
        self.ask("/api/v1/search", [("q", "water")])
        self.ask("/none")
        status, content_type, headers, body = self.ask("/metrics")
        self.assertEqual((status, content_type), (200, "text/plain"))
        self.assertIn("version=0.0.4", headers["Content-Type"])
        text = body.decode("ascii")
        self.assertTrue(text.endswith("\n"))
        line = re.compile(r'(# (HELP|TYPE) [a-z_]+ \S.*)|([a-z_]+(\{[a-z_]+="([^"\\\n]|\\[\\"n])*"(,[a-z_]+="([^"\\\n]|\\[\\"n])*")*\})? \S+)')
        for one in text.splitlines():
            self.assertRegex(one, "^(" + line.pattern + ")$")
        families = {one.name: one for one in text_string_to_metric_families(text)}
        self.assertEqual(len(families), text.count("# TYPE "), "a family comes twice")
        self.assertEqual(text.count("# HELP "), text.count("# TYPE "))
        seen = set()
        for family in families.values():
            for sample in family.samples:
                key = (sample.name, tuple(sorted(sample.labels.items())))
                self.assertNotIn(key, seen)
                seen.add(key)
                self.assertGreaterEqual(sample.value, 0)
                if family.type == "counter":
                    self.assertTrue(sample.name.endswith("_total"))
        self.check_histogram(families["izde_http_request_duration_seconds"])
        self.assertEqual(families["izde_index_documents"].samples[0].value, 75)

    def check_histogram(self, family):
        self.assertEqual(family.type, "histogram")
        series = {}
        for sample in family.samples:
            labels = dict(sample.labels)
            end = labels.pop("le", None)
            one = series.setdefault(tuple(sorted(labels.items())), {"buckets": []})
            if end is None:
                one[sample.name.rsplit("_", 1)[1]] = sample.value
            else:
                one["buckets"].append((float(end), sample.value))
        self.assertGreater(len(series), 1)
        for one in series.values():
            ends = [end for end, _ in one["buckets"]]
            counts = [count for _, count in one["buckets"]]
            self.assertEqual(ends, sorted(ends))
            self.assertEqual(ends[-1], float("inf"))
            self.assertEqual(counts, sorted(counts))
            self.assertEqual(counts[-1], one["count"])
            self.assertGreater(one["sum"], 0)

    def first_seen(self, urn):
        return strict_json(self.ask("/api/v1/documents/" + urn.removeprefix("urn:izde:document:"))[3])["first_seen"]

    def test_the_feed_is_read_by_feed_readers(self):
        for query in ["", "water", "мост", '"<b>&amp;"']:
            with self.subTest(query=query):
                body = self.ask("/feed.atom", [("q", query), ("per_page", 3)])[3]
                feed = feedparser.parse(body)
                self.assertFalse(feed.bozo)
                self.assertEqual(feed.version, "atom10")
                for entry in feed.entries:
                    self.assertTrue(entry.id and entry.title and entry.updated_parsed and entry.link)
                    # Whatever it is dated: feed readers show what is new to the index.
                    self.assertEqual(entry.updated, self.first_seen(entry.id))
                # Along the feed's own links every document is met once.
                met, link = [], self.server.base + "/feed.atom?" + urllib.parse.urlencode({"q": query, "per_page": 3})
                while link:
                    page = feedparser.parse(self.server.ask(link.removeprefix(self.server.base))[3])
                    met += [entry.id for entry in page.entries]
                    link = next((one.href for one in page.feed.links if one.rel == "next"), None)
                self.assertEqual(len(met), len(set(met)))
                self.assertEqual(len(met), int(page.feed.opensearch_totalresults))

    def test_both_exports_hold_what_the_search_finds_in_its_order(self):
        for query in ["", "water", "the"]:
            wanted = []
            for page in range(1, 100):
                reply = strict_json(self.ask("/api/v1/search", [("q", query), ("page", page), ("per_page", 100)])[3])
                wanted += [hit["id"] for hit in reply["hits"]]
                if page >= reply["pages"]:
                    break
            _, _, headers, body = self.ask("/export.jsonl", [("q", query)])
            lines = [strict_json(line) for line in body.splitlines()]
            rows = list(csv.DictReader(io.StringIO(self.ask("/export.csv", [("q", query)])[3].decode("utf-8"),
                                                   newline=""), strict=True))
            self.assertEqual([line["id"] for line in lines], wanted)
            self.assertEqual([row["id"] for row in rows], wanted)
            self.assertEqual((headers["Izde-Complete"], headers["Izde-Total"]), ("yes", str(len(wanted))))
            for line, row in zip(lines, rows):
                self.assertEqual(list(line), list(row))
                self.assertEqual(line["title"], row["title"].removeprefix("'"))
        _, _, headers, body = self.ask("/export.csv", [("q", ""), ("limit", 2)])
        self.assertEqual(headers["Izde-Complete"], "no")
        self.assertEqual(len(body.splitlines()), 3)

    def test_the_templates_of_opensearch_lead_to_answers(self):
        tree = etree.fromstring(self.ask("/opensearch.xml")[3])
        urls = tree.findall("{*}Url")
        self.assertEqual(len(urls), 4)
        for url in urls:
            address = url.get("template").replace("{searchTerms}", "water")
            address = re.sub(r"\{\w+\?\}", "", address)
            status, content_type, _, body = self.server.ask(address.removeprefix(self.server.base))
            self.assertEqual(status, 200)
            self.assertEqual(content_type, url.get("type"))
            if url.get("rel") == "suggestions":
                self.check(self.api["paths"]["/api/v1/suggest"]["get"],
                           self.server.ask(address.removeprefix(self.server.base)))
                self.assertEqual(strict_json(body)[0], "water")

    def test_the_manual_tells_of_every_route_and_parameter(self):
        manual = MANUAL.read_text()
        for path, _, operation in self.operations():
            self.assertIn(path.split("{")[0], manual)
            for parameter in self.parameters(operation):
                self.assertIn(f"`{parameter['name']}`", manual, path)
        commands = "\n".join(command for command, _ in examples(manual))
        for path in self.api["paths"]:
            self.assertRegex(commands, re.escape(path).replace(r"\{id\}", "[0-9a-f]{16}") + r"(['? \n]|$)")

    def test_the_manual_shows_what_its_commands_print(self):
        for command, shown in examples(MANUAL.read_text()):
            with self.subTest(command=command):
                self.assertEqual(settled(run(self.server, command)), settled(shown))


def examples(manual):
    """The commands of the manual and what stands below each."""
    found = []
    for block in re.findall(r"^```\n(\$ .*?)^```$", manual, re.M | re.S):
        for one in re.split(r"^(?=\$ )", block, flags=re.M):
            if one:
                command, _, output = one[2:].partition("\n")
                while command.endswith("\\"):
                    more, _, output = output.partition("\n")
                    command = command[:-1] + more
                found.append((command, output))
    return found


def run(server, command):
    done = subprocess.run(["sh", "-c", command.replace(SHOWN_AT, server.base)], capture_output=True, text=True)
    text = done.stdout.replace("\r\n", "\n").replace(server.base, SHOWN_AT)
    return text if text.endswith("\n") or not text else text + "\n"


def settled(text):
    """Without what is another one each time."""
    for pattern, instead in [(r"\d{10}-\d{8}T\d{6}Z", "GENERATION"), (r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
                             (r'("took_ms": ?|"age_seconds": ?|"bytes": ?)[\d.]+', r"\1N"),
                             (r'(W/|")[0-9a-f]{32}"', "ETAG"),
                             (r'("fingerprint": ?)"[^"]*"', r"\1F"), (r"\b[0-9a-f]{16}(?=\"?\s*\}?$)", "ID"),
                             (r"(?<=request_id\":\")[0-9a-f]{16}", "ID"), (r"^(izde_\S+ )\S+$", r"\1N")]:
        text = re.sub(pattern, instead, text, flags=re.M)
    return text


def write(server):
    """Puts what each command prints below it."""
    manual = MANUAL.read_text()

    def block(found):
        text = ""
        for one in re.split(r"^(?=\$ )", found[1], flags=re.M):
            if not one:
                continue
            lines = one.split("\n")
            last = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
            command = "".join(line.removesuffix("\\") for line in lines[:last + 1])[2:]
            text += "\n".join(lines[:last + 1]) + "\n" + run(server, command)
        return "```\n" + text + "```"
    MANUAL.write_text(re.sub(r"^```\n(\$ .*?)^```$", block, manual, flags=re.M | re.S))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments, rest = parser.parse_known_args()
    Live.server = Server(arguments.bin.resolve())
    try:
        if arguments.write:
            write(Live.server)
            return
        sys.exit(not unittest.main(argv=[sys.argv[0], *rest], exit=False).result.wasSuccessful())
    finally:
        Live.server.close()


if __name__ == "__main__":
    main()
