"""Small made-up documents in several languages, and what a search for their words must find."""
import json
import os
import random

SENTENCES = {
    "en": "The city council met on Monday and agreed to build a new bridge across the river before spring. "
          "The money is there, its head told reporters, and work begins as soon as the ice has gone.",
    "ru": "Городской совет собрался в понедельник и решил построить новый мост через реку до наступления весны. "
          "Деньги на строительство уже выделены, сообщил журналистам глава совета.",
    "kk": "Қала кеңесі дүйсенбі күні жиналып, көктемге дейін өзен арқылы жаңа көпір салуға шешім қабылдады. "
          "Құрылысқа қажетті қаржы бөлінген, деді кеңес төрағасы журналистерге.",
    "zh": "市议会星期一开会，同意在春天到来之前在河上建成一座新的大桥。议长对记者表示，资金已经到位，工程很快就会开始。",
}
EDITS = {"few": (5, 1, 2), "many": (15, 2, 4)}  # percent changed, removed, added
LETTERS = "bdfgklmnprstvz"
VOWELS = "aeiou"


def coded(kind, number):
    """A word that no document holds by chance, and no two numbers share."""
    word = kind
    for _ in range(4):
        word += LETTERS[number % len(LETTERS)] + VOWELS[number // len(LETTERS) % len(VOWELS)]
        number //= len(LETTERS) * len(VOWELS)
    return word


class State:
    """A tree of documents: its files, and the word that only this version of each holds."""

    def __init__(self, files=None, words=None):
        self.files = dict(files or {})  # path -> bytes
        self.words = dict(words or {})  # path -> word

    def __len__(self):
        return len(self.words)

    def paths_with(self, word):
        return sorted(path for path, own in self.words.items() if own == word)

    def without(self, paths):
        left = State(self.files, self.words)
        for path in paths:
            left.files.pop(path, None)
            left.words.pop(path, None)
        return left

    def write(self, folder):
        """Brings the folder to this state; files that are as they should be are not touched."""
        for base, _, names in os.walk(folder):
            for name in names:
                file = os.path.join(base, name)
                if os.path.relpath(file, folder) not in self.files:
                    os.unlink(file)
        for path, content in self.files.items():
            file = os.path.join(folder, path)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            if os.path.exists(file):
                with open(file, "rb") as old:
                    if old.read() == content:
                        continue
            with open(file, "wb") as out:
                out.write(content)


class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.made = 0

    def document(self, path):
        """The bytes of a new version, and its word."""
        word = coded("qu", self.made)
        self.made += 1
        lang = self.rng.choice(list(SENTENCES))
        body = self.story(lang) + f"\n\n{word} {self.rng.randint(0, 10**6)}.\n"
        if path.endswith(".json"):
            return json.dumps({"title": word, "body": body, "lang": lang}, ensure_ascii=False).encode(), word
        encoding = "cp1251" if lang == "ru" and self.rng.random() < 0.3 else "utf-8"
        return f"{word}\n\n{body}".encode(encoding), word

    def story(self, lang):
        """Like no other: near-duplicates would change with each other, and an update write them all."""
        pieces = list(SENTENCES[lang]) if lang == "zh" else SENTENCES[lang].split()
        drawn = self.rng.choices(pieces, k=self.rng.randint(1, 4) * len(pieces))
        return ("" if lang == "zh" else " ").join(drawn)

    def put(self, state, path):
        state.files[path], state.words[path] = self.document(path)

    def tree(self, count):
        state = State()
        for number in range(count):
            kind = "json" if number % 7 == 3 else "txt"
            self.put(state, f"{number % 5}/{number:04}.{kind}")
        return state

    def edited(self, state, edits="few"):
        """Some changed, some added, fewer removed: the number of documents differs.

        Of few edits an update takes over what did not change; of many it writes all anew.
        """
        changed, removed, added = EDITS[edits]
        after = State(state.files, state.words)
        paths = sorted(after.words)
        for path in self.rng.sample(paths, max(1, len(paths) * changed // 100)):
            self.put(after, path)
        for path in self.rng.sample(paths, max(1, len(paths) * removed // 100)):
            del after.files[path], after.words[path]
        for _ in range(max(3, len(paths) * added // 100)):
            self.put(after, f"added/{self.made:04}.txt")
        return after
