"""Texts made from a seed: a chain of words that learns which word follows which.

It learns from the paragraphs of a folder of plain texts, or from a text made of made words, whose frequencies follow
Zipf's law and of which each prefers a few followers. No paragraph comes twice, new words never cease (Heaps's law),
and the first documents are the same however many are made.
"""
import html
import json
import os
import random
import re

LEARNT_BYTES = 8_000_000  # of a folder
NEW_WORDS = 0.003         # of all words
SYLLABLES = [a + b for a in ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
             for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or")]
ENDINGS = ["", "", "", "s", "ed", "ing", "al", "tion", "ly"]
FILE_DOCUMENTS = 2000     # of a file of records


def made_words(rng, count):
    words = {}
    while len(words) < count:
        word = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 3)))) + rng.choice(ENDINGS)
        words.setdefault(word)
    return sorted(words, key=lambda word: (len(word) // 3, rng.random()))  # frequent words are short


def made_paragraphs(rng, words=400_000, vocabulary=30_000):
    known = made_words(rng, vocabulary)
    by_zipf = rng.choices(known, cum_weights=list(accumulated(1 / rank for rank in range(1, vocabulary + 1))), k=words)
    friends, paragraph, word = {}, [], by_zipf[0]
    for i, other in enumerate(by_zipf):
        if word in friends and rng.random() < 0.4:
            word = rng.choice(friends[word])
        else:
            friends.setdefault(word, by_zipf[i:i + 5])
            word = other
        begins = i % 12 == 0
        paragraph.append((word.capitalize() if begins else word) + ("." if i % 12 == 11 else ""))
        if i % 48 == 47:
            yield paragraph
            paragraph = []


def accumulated(weights):
    total = 0
    for weight in weights:
        total += weight
        yield total


def read_paragraphs(folder):
    left = LEARNT_BYTES
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith((".txt", ".md", ".rst")):
                continue
            with open(os.path.join(path, name), encoding="utf-8", errors="replace") as file:
                text = file.read(left)
            left -= len(text)
            for paragraph in re.split(r"\n\s*\n|\n(?=\s{3,}\S)", text):
                words = paragraph.split()
                if len(words) > 5:
                    yield words
            if left <= 0:
                return


class Chain:
    def __init__(self, seed, folder=None):
        self.rng = random.Random(seed)
        self.following, self.starts = {}, []
        for paragraph in (read_paragraphs(folder) if folder else ()):
            self.learn(paragraph)
        if len(self.starts) < 100:  # too little to learn from
            for paragraph in made_paragraphs(self.rng):
                self.learn(paragraph)

    def learn(self, words):
        self.starts.append(words[0])
        for word, following in zip(words, words[1:]):
            self.following.setdefault(word, []).append(following)

    def new_word(self):
        rank = int(self.rng.paretovariate(0.35)) % 10**12
        return "x" + format(rank, "x")

    def paragraph(self, words):
        random_, following, starts = self.rng.random, self.following, self.starts
        word = starts[int(random_() * len(starts))]
        made = []
        for _ in range(words):
            made.append(word if random_() >= NEW_WORDS else self.new_word())
            nexts = following.get(word) or starts
            word = nexts[int(random_() * len(nexts))]
        return " ".join(made)

    def document(self, number, mean_paragraphs):
        """Title and paragraphs; one word stands in no other document."""
        count = 1
        while count < 12 * mean_paragraphs and self.rng.random() > 1 / mean_paragraphs:
            count += 1
        paragraphs = [self.paragraph(20 + int(self.rng.random() * 45)) for _ in range(count)]
        paragraphs[-1] += f" ref{number}."
        return " ".join(paragraphs[0].split()[:7]).rstrip(".,;:"), paragraphs


def source_of(number):
    return ("Herald", "Courier", "Gazette", "Tribune", "Observer")[(number * 7919) % 13 % 5]


def write_records(folder, chain, count):
    """Short documents, thousands in a file, as JSON Lines."""
    os.makedirs(folder)
    for first in range(0, count, FILE_DOCUMENTS):
        with open(f"{folder}/{first:08}.jsonl", "w", encoding="utf-8") as file:
            for number in range(first, min(first + FILE_DOCUMENTS, count)):
                title, paragraphs = chain.document(number, 2.2)
                file.write(json.dumps({"id": number, "title": title, "text": "\n\n".join(paragraphs),
                                       "source": source_of(number)}, ensure_ascii=False) + "\n")


def write_files(folder, chain, count, mean_paragraphs):
    """A document a file: plain text, HTML and Markdown by turns."""
    for number in range(count):
        title, paragraphs = chain.document(number, mean_paragraphs)
        kind = ("txt", "html", "md")[number % 3]
        path = f"{folder}/{number % 40:02}"
        os.makedirs(path, exist_ok=True)
        with open(f"{path}/{number:06}.{kind}", "w", encoding="utf-8") as file:
            if kind == "html":
                body = "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs)
                file.write(f"<!doctype html><html><head><title>{html.escape(title)}</title></head>\n"
                           f"<body><h1>{html.escape(title)}</h1>\n{body}</body></html>\n")
            else:
                file.write(("# " if kind == "md" else "") + title + "\n\n" + "\n\n".join(paragraphs) + "\n")
