"""Where the time of building and of asking goes:  ./dev bench profile FOLDER [--rounds N] [--into MARKDOWN]

Samples izde-indexer rebuild of FOLDER, and searches with snippets in what it built, with perf; prints for each part how much
of the processor's time it takes, with what it calls. A sample belongs to the first part, from the top of the list, of
which a function is on its stack. Needs linux-perf, and the binaries of `./dev bench`.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
import pages  # noqa: E402
from queries import TEXT_KINDS, Drawing  # noqa: E402

# Part → what its functions begin with.
BUILDING = {
    "verifying what was built": "izde::index::Reader::verify",
    "words of the vocabulary": "izde::index::(WordCounts|write_vocabulary|merge_words|VocabularyFile)|izde::index::.*(WordCount|Vocabulary)",
    "packing stored documents": "izde::index::(pack|Packer|learn_dictionary)",
    "sorting a batch": "izde::index::glass::Batch::write",
    "writing the tables": "izde::index::(write_tables|positions::write|glass::write_database)|izde::index::glass::.*write_docdata",
    "postings and positions of a document": "izde::index::(give_entry|Batches)|izde::index::glass::Batch",
    "near-duplicates": "izde::clip::(Duplicates|sketch|Pairs|Alignment)",
    "repeated lines": "izde::clip::Repetition",
    "clippings: title, date, furniture": "izde::clip::",
    "languages": "CLD2::|izde::text::detect",
    "reading files": "izde::(read::|indexer::(read_documents|open_file|walk|take_in|Intake))",
    "the spool": "izde::indexer::(Archive|Spool)",
    "remembering for update": "izde::indexer::(Known|Memory|Changes|publish)",
}
ASKING = {
    "snippets: fitting the window": "izde::search::(make_snippet|choose_window|lay_out)",
    "scanning the text": "izde::text::scan|izde::search::Finder|izde::search::mark",
    "fetching documents (reading, unpacking)": "izde::index::(Reader::(peek|read|fetch)|StoredDocuments|Unpacker)",
    "closeness of words": "izde::index::.*(proximity|closeness)",
    "facets": "izde::index::(Tally|FacetTally)",
    "planning: finding the lists": "izde::index::matching::(.*Planner|make_plan)",
    "matching": "izde::index::matching::|izde::index::Reader::(match|count)",
    "understanding the query": "izde::query::",
}
MAIN_OF_ASKING = "izde::search::Searcher::search"


def stacks(data, program):
    """For each sample the functions on its stack, the innermost first."""
    printed = subprocess.run(["perf", "script", "-i", data, "-F", "comm,ip,sym"], capture_output=True, text=True,
                             errors="replace", check=True).stdout
    for sample in printed.split("\n\n"):
        head, *frames = sample.strip("\n").split("\n")
        if head.strip().startswith(program):
            yield [frame.strip().partition(" ")[2] for frame in frames]


def part_of(stack, parts):
    for part, pattern in parts.items():
        if any(pattern.match(name) for name in stack):
            return part
    return "all else"


def shares(data, program, parts, only=None):
    patterns = {part: re.compile(pattern) for part, pattern in parts.items()}
    counts, total = dict.fromkeys([*parts, "all else"], 0), 0
    for stack in stacks(data, program):
        if only and not any(name.startswith(only) for name in stack):
            continue
        counts[part_of(stack, patterns)] += 1
        total += 1
    return [(part, count / total) for part, count in counts.items() if count], total


def record(data, frequency, command):
    done = subprocess.run(["perf", "record", "-e", "cpu-clock", "-F", str(frequency), "--call-graph", "dwarf,16384", "-o", data,
                           *command], capture_output=True, text=True, check=False)
    if not os.path.exists(data):
        sys.exit(f"profile: perf cannot record: {done.stderr.strip()}")


def as_markdown(title, found):
    parts, samples = found
    lines = [f"| {title} ({samples} samples) | part of the time |", "|---|---|"]
    lines += [f"| {part} | {100 * share:.0f} % |" for part, share in sorted(parts, key=lambda one: -one[1])]
    return "\n".join(lines)


def measure(chosen, work):
    index, texts = f"{work}/index", f"{work}/texts.tsv"
    record(f"{work}/built", 199, [f"{chosen.bin}/izde-indexer", "rebuild", "--quiet", "--force", "--index", index,
                                  chosen.folder])
    told = json.loads(subprocess.run([f"{chosen.bin}/izde-bench", "texts", index, texts], capture_output=True, text=True,
                                     check=True).stdout)
    with open(f"{work}/queries", "w", encoding="utf-8") as file:
        file.writelines(query.line() for query in Drawing(texts, told["field"], 1).queries() if query.kind in TEXT_KINDS)
    record(f"{work}/asked", 499, [f"{chosen.bin}/izde-bench", "queries", index, f"{work}/queries", str(chosen.rounds),
                                "snippets"])
    name = os.path.basename(os.path.abspath(chosen.folder))
    return "\n\n".join([f"{name}: {told['documents']} documents, {told['text_bytes'] / 1e6:.1f} MB of text.",
                        as_markdown("building", shares(f"{work}/built", "izde-indexer", BUILDING)),
                        as_markdown("a search with snippets", shares(f"{work}/asked", "izde-bench", ASKING, MAIN_OF_ASKING))])


def main():
    parser = argparse.ArgumentParser(prog="./dev bench profile", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=20, help="that each query is asked [20]")
    parser.add_argument("--into", metavar="MARKDOWN", help="write it between the marks of this file instead")
    parser.add_argument("--bin", default="build/bench", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        made = measure(chosen, work)
    if chosen.into:
        pages.replace(chosen.into, "profile", made)
    else:
        print(made)


main()
