"""Queries drawn from the texts by a seed, so that each has an answer."""
import collections
import random
import re
from dataclasses import dataclass

# Words that stand for themselves in every engine: not part of anything with a hyphen, an apostrophe or a digit.
WORD = re.compile(r"(?<!\S)[(\"]?([^\W\d_]{3,15})(?=[.,;:?!)\"]*(?:\s|$))")
PHRASE = re.compile(r"(?<!\S)([^\W\d_]{3,15}) ([^\W\d_]{2,15}) ([^\W\d_]{3,15})(?= [^\W\d_])")
LOOKED_AT = 20_000  # characters of each text
FREQUENT = 120      # so many of the most frequent words are taken for words of grammar
DRAWN_FROM = 100_000  # documents
SHARES = {"word": 80, "and": 80, "or": 40, "phrase": 30, "prefix": 20, "filter": 30, "facets": 20}
TEXT_KINDS = ("word", "and", "or", "phrase", "prefix")


@dataclass(frozen=True)
class Query:
    kind: str
    words: str
    field: str
    value: str  # of a filter

    @property
    def typed(self):
        """As most engines understand it."""
        if self.kind == "or":
            return " OR ".join(self.words.split())
        if self.kind == "phrase":
            return f'"{self.words}"'
        return self.words + ("*" if self.kind == "prefix" else "")

    def line(self):
        return "\t".join((self.kind, self.words, self.typed, self.field, self.value)) + "\n"


class Drawing:
    def __init__(self, texts, field, seed):
        self.rng, self.field = random.Random(seed), field
        self.documents, self.counts = [], collections.Counter()
        with open(texts, encoding="utf-8", newline="\n") as file:
            for line in file:
                _, value, _, body, _ = line.rstrip("\n").split("\t")
                body = body[:LOOKED_AT]
                self.documents.append((value, body))
                self.counts.update(self.words_of(body))
                if len(self.documents) == DRAWN_FROM:
                    break
        self.stop = {word for word, _ in self.counts.most_common(FREQUENT)}
        self.known = sorted(word for word in self.counts if word not in self.stop)
        self.common = [word for word in self.known if self.counts[word] >= 5] or self.known

    @staticmethod
    def words_of(text):
        return {word.lower() for word in WORD.findall(text)}

    def words_of_one(self, count):
        """Some words of one document, with its value; None if it has too few."""
        value, body = self.rng.choice(self.documents)
        words = sorted(word for word in self.words_of(body) - self.stop if self.counts[word] >= 5)
        return (self.rng.sample(words, count), value) if len(words) > count + 1 else None

    def word(self):
        """Rare, middling and frequent words alike."""
        low = 10 ** (self.rng.random() * 4)
        near = [word for word in self.known if low <= self.counts[word] < 4 * low]
        return self.rng.choice(near or self.known), ""

    def draw(self, kind):
        """Words and a value, or None where this draw gave nothing."""
        if kind == "word":
            return self.word()
        if kind == "prefix":
            return self.rng.choice(self.common)[:self.rng.choice((3, 4))], ""
        if kind == "phrase":
            found = PHRASE.findall(self.rng.choice(self.documents)[1])
            words = [word.lower() for word in self.rng.choice(found)] if found else []
            good = words and words[0] not in self.stop and words[2] not in self.stop and len(set(words)) == 3
            return (" ".join(words), "") if good else None
        drawn = self.words_of_one(1 if kind == "facets" else self.rng.choice((1, 2)) if kind == "filter"
                                  else self.rng.choice((2, 3)))
        if drawn is None:
            return None
        words, value = drawn
        if kind == "or":
            words = words + self.rng.sample(self.common, 1)
        if kind == "filter" and not value:
            return None
        return " ".join(words), value if kind == "filter" else ""

    def queries(self, part=1.0):
        drawn = []
        for kind, share in SHARES.items():
            wanted, tries = max(3, round(share * part)), 0
            found = set()
            while len(found) < wanted and tries < 200 * share:
                tries += 1
                one = self.draw(kind)
                if one and one not in found:
                    found.add(one)
                    drawn.append(Query(kind, one[0], self.field, one[1]))
        self.rng.shuffle(drawn)
        return drawn
