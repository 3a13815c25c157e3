"""How good the first ten hits are, by nDCG whose gain is the grade, on collections of judged queries: izde over HTTP."""
import json
import math
import os
import shutil
import urllib.parse

import machine
from corpus import Corpus, scratch
from stages import get

DEPTH = 10


def read_table(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip()]


def gain(grades):
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def ndcg(found, judged):
    """`found`: ids, the best first; `judged`: id → grade."""
    best = gain(sorted(judged.values(), reverse=True))
    return gain([judged.get(one, 0) for one in found]) / best if best else None


def record_id(document):
    """What the collection calls the document: the id its record declares."""
    return document.get("record") or os.path.splitext(os.path.basename(document["path"]))[0]


def score(port, folder):
    judged = {}
    for query, document, grade in read_table(f"{folder}/qrels.tsv"):
        judged.setdefault(query, {})[document] = int(grade)
    scores = []
    for number, text in read_table(f"{folder}/queries.tsv"):
        if number not in judged:
            continue
        target = "/api/v1/search?" + urllib.parse.urlencode({"q": text, "per_page": DEPTH, "collapse": "off"})
        status, answer = get(port, target)
        if status != 200:
            raise machine.Failed(f"answered {status} to {target}")
        one = ndcg([record_id(hit) for hit in json.loads(answer)["hits"]], judged[number])
        if one is not None:
            scores.append(one)
    return scores


def measure(bench, collections, work):
    """A row for each folder with docs.jsonl, queries.tsv (number, text) and qrels.tsv (number, document, grade)."""
    izde = next((peer for peer in bench.peers if peer.name == "izde"), None)
    for name in sorted(os.listdir(collections)) if izde else ():
        folder = os.path.join(collections, name)
        if not all(os.path.exists(f"{folder}/{part}") for part in ("docs.jsonl", "queries.tsv", "qrels.tsv")):
            continue
        bench.say(f"quality of {name}")
        try:
            with scratch(f"{work}/quality") as place:
                scores = scores_of(bench, izde, name, folder, place)
            bench.note("quality", name, "izde", ndcg10=sum(scores) / len(scores), queries=len(scores), others=0)
        except machine.Failed as failed:
            bench.left_out[f"quality of {name}"] = str(failed)
            bench.say(f"quality of {name} is left out: {failed}")


def scores_of(bench, izde, name, folder, place):
    os.makedirs(f"{place}/files")
    shutil.copyfile(f"{folder}/docs.jsonl", f"{place}/files/docs.jsonl")
    corpus, index = Corpus(name, f"{place}/files", place), f"{place}/izde"
    machine.run(izde.build(corpus, index)[0], bench.log, (0, 1))
    with bench.serving(corpus, izde, index) as (_, port, _, _):
        scores = score(port, folder)
    if not scores:
        raise machine.Failed("no query has a judged document")
    return scores
