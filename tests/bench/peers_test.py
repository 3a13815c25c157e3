#!/usr/bin/env python3
"""The parts of `./dev bench --peers` that figures hang on.  peers_test.py --load build/dev/izde-load"""
import argparse
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../bench/peers"))
import generate  # noqa: E402
import machine  # noqa: E402
import pages  # noqa: E402
import quality  # noqa: E402
import queries  # noqa: E402
import report  # noqa: E402
import stages  # noqa: E402

LOAD = "izde-load"


def chain_documents(count):
    chain = generate.Chain(7)
    return [chain.document(number, 2.2) for number in range(count)]


class Generating(unittest.TestCase):
    def test_the_first_documents_are_the_same_however_many_are_made(self):
        self.assertEqual(chain_documents(50), chain_documents(200)[:50])

    def test_no_paragraph_comes_twice(self):
        paragraphs = [one for _, document in chain_documents(2000) for one in document]
        self.assertEqual(len(paragraphs), len(set(paragraphs)))

    def test_words_follow_zipf_and_never_cease(self):
        words = [word for _, document in chain_documents(3000) for one in document for word in one.lower().split()]
        half, all_words = set(words[:len(words) // 2]), set(words)
        self.assertGreater(len(all_words), 1.1 * len(half))
        self.assertGreater(max(map(words.count, ("".join(words[:1]), *words[:20]))), len(words) / 1000)

    def test_it_learns_from_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(200):
                with open(f"{folder}/{number}.txt", "w", encoding="utf-8") as file:
                    file.write("grain prices rose again in the north of the country\n\n")
            _, document = generate.Chain(1, folder).document(0, 3)
        self.assertIn("grain prices rose again in the north", " ".join(document))


class Drawing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.texts = f"{cls.folder.name}/texts.tsv"
        cls.bodies = []
        with open(cls.texts, "w", encoding="utf-8") as file:
            for number, (title, paragraphs) in enumerate(chain_documents(1500)):
                body = " ".join(paragraphs)
                cls.bodies.append(body.lower())
                file.write(f"{number}\t{generate.source_of(number)}\t{title}\t{body}\t\n")

    def drawn(self, seed=1):
        return queries.Drawing(self.texts, "source", seed).queries()

    def test_a_seed_tells_the_queries(self):
        self.assertEqual(self.drawn(), self.drawn())
        self.assertNotEqual(self.drawn(), self.drawn(2))

    def test_there_are_all_kinds_and_none_comes_twice(self):
        drawn = self.drawn()
        self.assertEqual(set(queries.SHARES), {query.kind for query in drawn})
        self.assertEqual(len(drawn), len(set(drawn)))

    def test_each_has_an_answer(self):
        for query in self.drawn():
            words = query.words.split()
            with self.subTest(query=query):
                if query.kind == "phrase":
                    self.assertTrue(any(query.words in body for body in self.bodies))
                elif query.kind != "or":
                    self.assertTrue(any(all(word in body for word in words) for body in self.bodies))
                if query.kind == "filter":
                    self.assertTrue(query.value)

    def test_words_that_engines_split_differently_are_not_drawn(self):
        self.assertEqual({"oil", "prices", "rose"},
                         queries.Drawing.words_of("Oil prices, it's well-known; U.S. a1b (rose) ab x@y.zz"))


class Summing(unittest.TestCase):
    def test_percentiles_are_samples_that_so_many_do_not_exceed(self):
        self.assertEqual({"p50": 50, "p95": 95, "p99": 99}, stages.percentiles(range(1, 101)))
        self.assertEqual({"p50": 3, "p95": 3, "p99": 3}, stages.percentiles([3]))
        self.assertEqual({"p50": 1, "p95": 2, "p99": 2}, stages.percentiles([2, 1]))

    def test_samples_are_told_by_way_and_kind(self):
        told = stages.summarised("mset\tword\t10\t0\t1.0\t3.0\nmset\tfilter\t0\t0\t9.0\t9.0\nsnippets\tword\t10\t5\t2\t2\n")
        self.assertEqual(1.0, told["mset"]["p50"])  # of the text queries
        self.assertEqual(9.0, told["mset"]["kinds"]["filter"]["p50"])
        self.assertEqual(0.5, told["mset"]["found"])
        self.assertEqual(0.5, told["snippets"]["marked"])

    def test_ndcg_is_1_for_the_best_order_and_0_for_none(self):
        judged = {"a": 2, "b": 1}
        self.assertEqual(1, quality.ndcg(["a", "b", "c"], judged))
        self.assertEqual(0, quality.ndcg(["x", "y"], judged))
        self.assertAlmostEqual((1 + 2 / 1.5849625) / (2 + 1 / 1.5849625), quality.ndcg(["b", "a"], judged))
        self.assertIsNone(quality.ndcg(["a"], {"a": 0}))


def rows_of(*figures, stage="build", peer="izde"):
    common = {"stage": stage, "corpus": "made", "peer": peer, "variant": ""}
    return [{**common, **one} for one in figures]


class Reporting(unittest.TestCase):
    def test_calm_measurements_are_preferred(self):
        figures = report.Figures(rows_of({"seconds": 9, "others": 1.5}, {"seconds": 2, "others": 0.1},
                                         {"seconds": 4, "others": 0.0}))
        self.assertEqual(3, figures.median("seconds"))
        self.assertEqual("izde", figures.name("izde"))

    def test_a_figure_that_was_never_calm_is_marked(self):
        self.assertEqual("~izde", report.Figures(rows_of({"seconds": 9, "others": 1.5})).name("izde"))

    def test_spread_is_shown_beside_the_median(self):
        self.assertEqual("2.00 (1.00-7.00)", report.Figures(rows_of({"a": 1}, {"a": 7}, {"a": 2})).text("a", 2, True))

    def test_markdown_replaces_what_stands_between_the_marks_and_nothing_else(self):
        told = {"machine": {"processor": "P", "cores": 2, "memory_gb": 4, "system": "S"}, "settings": {"rounds": 1},
                "peers": {"izde": {"version": "1", "about": "itself", "floor": False}}, "left_out": {"omega": "build: no"},
                "rows": [{"stage": "corpus", "corpus": "made", "peer": "", "variant": "", "documents": 3,
                          "text_bytes": 1e6, "file_bytes": 2e6},
                         *rows_of({"seconds": 1.5, "optimise_seconds": 0, "total_seconds": 1.5, "cpu_seconds": 2})]}
        begin, end = pages.marks("figures")
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/page.md"
            for _ in range(2):  # and again over what it wrote
                with open(path, "w", encoding="utf-8") as file:
                    file.write(f"before\n{begin}\nold\n{end}\nafter\n")
                report.into(path, [told, {**told, "settings": {"rounds": 7}}])
            with open(path, encoding="utf-8") as file:
                text = file.read()
        self.assertTrue(text.startswith(f"before\n{begin}\n") and text.endswith(f"{end}\nafter\n"))
        self.assertIn("| izde | 1.50 |", text)
        self.assertIn("Left out: omega, build: no.", text)
        self.assertNotIn("old", text)
        self.assertEqual(2, text.count("| izde | 1.50 |"))
        self.assertLess(text.index("; 1 rounds"), text.index("Another run: P, 2 cores"))
        self.assertEqual(1, text.count("* izde 1: itself."))


class Running(unittest.TestCase):
    def setUp(self):
        self.log = tempfile.TemporaryFile("w")
        self.addCleanup(self.log.close)

    def test_a_program_costs_what_it_takes(self):
        cost = machine.run([sys.executable, "-c", "x = bytearray(50_000_000)\nfor i in range(3_000_000): pass"], self.log)
        self.assertGreater(cost["cpu_seconds"], 0)
        self.assertGreaterEqual(cost["seconds"], 0)
        self.assertGreaterEqual(cost["peak_bytes"], cost["largest_process_bytes"])

    def test_a_program_that_fails_is_told(self):
        with self.assertRaisesRegex(machine.Failed, "ended with 3"):
            machine.run(["sh", "-c", "exit 3"], self.log)

    def test_what_a_program_printed(self):
        self.assertEqual("said\n", machine.output_of(["echo", "said"], self.log)[0])

    def test_servers_are_ended_with_their_children_whatever_happens(self):
        with self.assertRaises(ValueError):
            with machine.Servers([["sh", "-c", "sleep 1000 & sleep 1000"], ["sleep", "1000"]], self.log) as servers:
                processes = servers.processes
                raise ValueError
        for process in processes:
            self.assertIsNotNone(process.returncode)
            with self.assertRaises(ProcessLookupError):
                while True:  # a child that was killed may not be waited for yet
                    os.killpg(process.pid, 0)

    def test_a_server_that_ends_by_itself_is_told(self):
        with machine.Servers([["true"]], self.log) as servers:
            servers.processes[0].wait()
            with self.assertRaisesRegex(machine.Failed, "ended by itself"):
                servers.check()


class Answers(http.server.BaseHTTPRequestHandler):
    """Each target is answered in its own way."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802
        body = b'{"hits":["<b>water</b>"]}' if "unmarked" not in self.path else b"{}"
        self.send_response(500 if "wrong" in self.path else 200)
        if "chunked" in self.path:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (body[:7], b"\r\n0\r\n\r\n looks like an end", body[7:]):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        if "closing" in self.path:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Loading(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.server.handle_error = lambda *_: None  # connections that end when the load does
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def load(self, *targets):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.writelines(f"kind{i}\t{target}\n" for i, target in enumerate(targets))
            file.flush()
            return subprocess.run([LOAD, "http", str(self.server.server_port), "3", "1", file.name, "<b>"],
                                  capture_output=True, text=True, check=False)

    def test_whole_answers_are_counted_however_they_are_framed(self):
        for target in ("/plain", "/chunked", "/closing"):
            with self.subTest(target=target):
                done = self.load(target)
                told = json.loads(done.stdout)
                self.assertEqual(0, done.returncode, done.stderr)
                self.assertGreater(told["answers"], 0)
                self.assertEqual((0, 1), (told["bad"], told["marked"]))
                self.assertLessEqual(told["p50"], told["longest"])

    def test_answers_without_a_mark_are_told(self):
        told = json.loads(self.load("/plain", "/unmarked").stdout)
        self.assertTrue(0 < told["marked"] < 1, told)
        self.assertEqual({"kind0", "kind1"}, set(told["kinds"]))

    def test_a_wrong_answer_fails_and_is_shown(self):
        done = self.load("/plain", "/wrong")
        self.assertEqual(1, done.returncode)
        self.assertGreater(json.loads(done.stdout)["bad"], 0)
        self.assertIn("a bad answer to /wrong\nHTTP/1.1 500", done.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--load", required=True)
    options, rest = parser.parse_known_args()
    LOAD = os.path.abspath(options.load)
    unittest.main(argv=[sys.argv[0], *rest])
