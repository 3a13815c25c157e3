#!/usr/bin/env python3
"""Writes a large made-up archive as JSON Lines, the same for the same seed.

    large_corpus.py FILE [--documents 100000] [--seed N]

Words are spread as in real texts: a few are in most documents, most in a few, about 180,000 in all, in Latin,
Cyrillic, Kazakh and Han letters. Documents have dates, sources, authors and places; one in twelve is nearly the same
as an earlier one, and one in a thousand is long.
"""
import argparse
import bisect
import itertools
import json
import random

SYLLABLES = [
    ("en", ["ra", "port", "ter", "con", "sta", "li", "so", "men", "ing", "est", "al", "ver", "qu", "od"]),
    ("ru", ["мос", "ков", "ра", "ни", "сто", "ле", "го", "при", "ска", "ть", "дом", "ый", "вен", "чи"]),
    ("kk", ["қа", "ла", "сы", "ның", "бі", "рі", "де", "өз", "жал", "ған", "ұл", "тер", "үн", "шы"]),
]
WORDS_OF_EACH, HAN, WORDS_IN_TEXT = 60_000, 2_500, 120
PLACES = ["Urumqi", "Almaty", "Astana", "Beijing", "Moscow", "Berlin", "Ankara", "Paris", "Tashkent", "Bishkek"]


class Words:
    """Drawn by Zipf's law."""

    def __init__(self, rng, words):
        self.rng, self.words = rng, words
        self.sums = list(itertools.accumulate(1 / (i + 1) for i in range(len(words))))

    def draw(self, count):
        last = self.sums[-1]
        return [self.words[bisect.bisect(self.sums, self.rng.random() * last)] for _ in range(count)]


def vocabularies(rng):
    for lang, parts in SYLLABLES:
        words = {}
        while len(words) < WORDS_OF_EACH:
            words["".join(rng.choice(parts) for _ in range(rng.randint(1, 6)))] = None
        ordered = sorted(words, key=lambda word: (len(word) + rng.random() * 8))
        yield lang, " ", Words(rng, ordered)
    signs = [chr(0x4E00 + i * 7) for i in range(HAN)]
    rng.shuffle(signs)
    yield "zh", "", Words(rng, signs + ["".join(rng.sample(signs, 2)) for _ in range(4_000)])


def documents(count, seed):
    rng = random.Random(seed)
    languages = list(vocabularies(rng))
    authors = Words(rng, [f"{' '.join(w.capitalize() for w in languages[0][2].draw(2))}" for _ in range(2_000)])
    sources = Words(rng, [languages[i % 3][2].draw(1)[0].capitalize() + " Daily" for i in range(300)])
    kept = []
    for i in range(count):
        if kept and rng.random() < 1 / 12:
            document = dict(rng.choice(kept))
            document["body"] += " " + rng.choice(PLACES) + "."
        else:
            lang, between, words = rng.choice(languages)
            length = WORDS_IN_TEXT * (100 if rng.random() < 0.001 else 1)
            drawn = words.draw(length)
            body = between.join(drawn)
            document = {"title": between.join(words.draw(6)) + f" {i}", "body": body + ".", "lang": lang}
            if len(kept) < 500:
                kept.append(document)
            elif rng.random() < 0.05:
                kept[rng.randrange(500)] = document
        document = dict(document, id=f"made-{i}", source=sources.draw(1)[0], author=authors.draw(1)[0],
                        place=rng.choice(PLACES))
        if rng.random() < 0.9:
            document["date"] = f"{rng.randint(1980, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        yield document


def write(file, count, seed):
    with open(file, "w", encoding="utf-8") as out:
        for document in documents(count, seed):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args()
    write(args.file, args.documents, args.seed)


if __name__ == "__main__":
    main()
