"""Tables of what was measured, for people and as Markdown, from the same rows as the JSON."""
import statistics
from dataclasses import dataclass

import pages
from machine import MUCH

KINDS = ("word", "and", "or", "phrase", "prefix", "filter", "facets")


@dataclass
class Table:
    title: str
    columns: list
    rows: list
    foot: str = ""


class Figures:
    """Medians of the measurements of one thing: of the calm ones where there are any, else of all, and then its name is
    marked."""

    def __init__(self, rows):
        calm = [row for row in rows if row.get("others", 0) <= MUCH]
        self.noisy = bool(rows) and not calm
        self.rows = calm or rows

    def name(self, name):
        return "~" + name if self.noisy else name

    def median(self, name):
        values = self.each(name)
        return statistics.median(values) if values else None

    def each(self, name):
        values = []
        for row in self.rows:
            value = row
            for part in name.split("/"):
                value = value.get(part) if isinstance(value, dict) else None
            if value is not None:
                values.append(value)
        return values

    def text(self, name, digits=2, spread=False):
        values = self.each(name)
        if not values:
            return ""
        shown = number(statistics.median(values), digits)
        if spread and len(values) > 1:
            shown += f" ({number(min(values), digits)}-{number(max(values), digits)})"
        return shown


def number(value, digits=2):
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{digits}f}"


def ratio(one, other, digits=2):
    return f"{one / other:.{digits}f}" if one is not None and other else ""


class Told:
    """The rows, by what they are of."""

    def __init__(self, told):
        self.told, self.groups = told, {}
        for row in told["rows"]:
            self.groups.setdefault((row["stage"], row["corpus"], row["peer"], row["variant"]), []).append(row)

    def of(self, stage, corpus, peer, variant=""):
        return Figures(self.groups.get((stage, corpus, peer, str(variant)), []))

    def has(self, *key):
        return key in self.groups

    def corpora(self):
        return list(dict.fromkeys(row["corpus"] for row in self.told["rows"] if row["stage"] == "corpus"))

    def peers(self, stage, corpus):
        return list(dict.fromkeys(peer for of, where, peer, _ in self.groups if of == stage and where == corpus))

    def variants(self, stage, corpus, peer):
        return [variant for of, where, who, variant in self.groups if (of, where, who) == (stage, corpus, peer)]

    def documents(self, corpus):
        return self.of("corpus", corpus, "").median("documents")


def tables(told):
    its = Told(told)
    found = []
    plain = [corpus for corpus in its.corpora() if not corpus.isdigit()]
    for corpus in plain:
        found += [build_table(its, corpus), ask_table(its, corpus), kinds_table(its, corpus), own_cost_table(its, corpus),
                  ceiling_table(its, corpus), load_table(its, corpus), latency_table(its, corpus), server_table(its, corpus),
                  swap_table(its, corpus)]
    found += [growth_table(its), quality_table(its)]
    return [table for table in found if table.rows]


def described(its, corpus):
    facts = its.of("corpus", corpus, "")
    return (f"{corpus}: {facts.median('documents'):.0f} documents, {facts.median('text_bytes') / 1e6:.1f} MB of text, "
            f"{facts.median('file_bytes') / 1e6:.1f} MB of files")


def build_table(its, corpus):
    rows = []
    floor, ours = its.of("build", corpus, "xapian"), its.of("build", corpus, "izde")
    for peer in its.peers("build", corpus):
        one = its.of("build", corpus, peer)
        rows.append([one.name(peer), one.text("seconds", 2, True), one.text("optimise_seconds"), one.text("cpu_seconds"),
                     one.text("text_mb_per_second"), one.text("documents_per_second", 0), one.text("peak_mb", 0),
                     one.text("largest_process_mb", 0), one.text("index_per_text"),
                     ratio(one.median("total_seconds"), floor.median("total_seconds")),
                     ratio(one.median("total_seconds"), ours.median("total_seconds")),
                     ratio(one.median("cpu_seconds"), ours.median("cpu_seconds"))])
    return Table(f"Building {described(its, corpus)}",
                 ["", "seconds", "+ optimise", "CPU s", "MB/s", "docs/s", "peak MB", "process", "index/text", "of floor",
                  "of izde", "CPU of izde"], rows,
                 "CPU s, MB/s: optimised; peak MB: all processes, process: the largest; index/text: bytes; floor: xapian")


def ask_table(its, corpus, stage="ask"):
    rows = []
    floor = its.of(stage, corpus, "xapian", "mset").median("p50")
    for peer in its.peers(stage, corpus):
        for way in its.variants(stage, corpus, peer):
            one = its.of(stage, corpus, peer, way)
            rows.append([one.name(f"{peer}, {way}"), one.text("p50", 3, True), one.text("p95", 3), one.text("p99", 3),
                         one.text("found"), one.text("marked"), ratio(one.median("p50"), floor, 1)])
    return Table(f"Asking in process, {corpus}, ms",
                 ["", "p50", "p95", "p99", "found", "marked", "p50/floor"], rows,
                 "found: part of the queries with hits; marked: part of the hits with a mark; floor: xapian, mset")


def kinds_table(its, corpus):
    rows = []
    for stage in ("ask", "single"):
        for peer in its.peers(stage, corpus):
            for way in its.variants(stage, corpus, peer):
                one = its.of(stage, corpus, peer, way)
                label = f"{peer}, {way}" if way else f"{peer}, served"
                rows.append([one.name(label)] + [one.text(f"kinds/{kind}/p50", 2) + slash(one.text(f"kinds/{kind}/p99", 1))
                                       for kind in KINDS])
    return Table(f"By kind of query, {corpus}, ms: p50/p99", ["", *KINDS], rows,
                 "served: one connection that is kept, asked from another process")


def marked(name, figures):
    return "~" + name if any(one.noisy for one in figures) else name


def slash(text):
    return "/" + text if text else ""


def own_cost_table(its, corpus):
    """izde's ways beside its matching alone of the same resolved query on the same index in the same process."""
    rows = []
    mset = its.of("ask", corpus, "izde", "mset")
    for way in ("titles", "snippets"):
        one = its.of("ask", corpus, "izde", way)
        if not one.rows or not mset.rows:
            continue
        cells = [one.name(f"izde, {way}")]
        for kind in KINDS:
            ours, bare = one.median(f"kinds/{kind}/p50"), mset.median(f"kinds/{kind}/p50")
            cells.append("" if ours is None or bare is None else number(ours - bare, 3))
        rows.append([*cells, number(one.median("p50") - mset.median("p50"), 3)])
    return Table(f"izde's cost beside its matching of the same queries, {corpus}, ms", ["", *KINDS, "text queries"], rows)


def ceiling_table(its, corpus):
    rows = []
    for peer in its.peers("ceiling", corpus):
        for way in its.variants("ceiling", corpus, peer):
            one = its.of("ceiling", corpus, peer, way)
            rows.append([one.name(f"{peer}, {way}"), one.text("threads", 0), one.text("per_second", 0, True),
                         one.text("p50", 3), one.text("p99", 3)])
    return Table(f"The same calls on all cores, {corpus}", ["", "threads", "answers/s", "p50, ms", "p99, ms"], rows,
                 "text queries only; what a server over these calls could reach")


def load_table(its, corpus):
    rows = []
    counts = connection_counts(its, corpus)
    for peer in its.peers("load", corpus):
        each = [its.of("load", corpus, peer, count) for count in counts]
        cells = [marked(peer, each), *(one.text("per_second", 0, True) for one in each)]
        compared = "8" if "8" in counts else counts[-1]
        one = its.of("load", corpus, peer, compared)
        rows.append([*cells, one.text("marked"),
                     ratio(one.median("per_second"), its.of("load", corpus, "bare", compared).median("per_second")),
                     ratio(one.median("per_second"), its.of("load", corpus, "hello", compared).median("per_second"), 3)])
    return Table(f"Answers per second with 10 hits and snippets, {corpus}",
                 ["connections:", *counts, "marked", "of bare", "of hello"], rows,
                 "marked: part of the answers that show a mark; of bare, of hello: at 8 connections")


def connection_counts(its, corpus):
    return sorted({variant for stage, where, _, variant in its.groups if stage == "load" and where == corpus}, key=int)


def latency_table(its, corpus):
    counts = connection_counts(its, corpus)
    rows = []
    for peer in its.peers("load", corpus):
        each = [its.of("load", corpus, peer, count) for count in counts]
        cells = [marked(peer, each)]
        cells += [one.text("p50") + slash(one.text("p95", 1)) + slash(one.text("p99", 1)) for one in each]
        starved = sum(int(one.median("starved") or 0) for one in each)
        rows.append([*cells, str(starved or "")])
    return Table(f"How long these answers took, {corpus}, ms: p50/p95/p99", ["connections:", *counts, "starved"], rows,
                 "starved: connections that never got an answer")


def server_table(its, corpus):
    rows = []
    for peer in its.peers("server", corpus):
        one = its.of("server", corpus, peer)
        rows.append([one.name(peer), one.text("ready_ms", 0, True), one.text("idle_mb", 1), one.text("loaded_mb", 1, True)])
    return Table(f"Servers, {corpus}", ["", "ready after, ms", "idle, MB", "loaded, MB"], rows,
                 "resident memory of all processes; ready: from the start to the first good answer")


def swap_table(its, corpus):
    rows = []
    for variant in its.variants("swap", corpus, "izde"):
        one = its.of("swap", corpus, "izde", variant)
        rows.append([one.name(variant), one.text("switched", 0), one.text("p50"), one.text("p99"), one.text("longest", 1, True),
                     one.text("per_second", 0)])
    return Table(f"Switching to another index under 8 connections, {corpus}",
                 ["", "switches", "p50, ms", "p99, ms", "longest, ms", "answers/s"], rows,
                 "still: as long on the same server without a switch")


def growth_table(its):
    rows = []
    for corpus in sorted((corpus for corpus in its.corpora() if corpus.isdigit()), key=int):
        for peer in its.peers("build", corpus):
            built = its.of("build", corpus, peer)
            bare = its.of("ask", corpus, peer, "titles")
            shown = its.of("ask", corpus, peer, "snippets")
            first = its.of("build", sorted((c for c in its.corpora() if c.isdigit()), key=int)[0], peer)
            rows.append([marked(f"{corpus} {peer}", [built, bare, shown]), built.text("text_mb_per_second"),
                         ratio(built.median("text_mb_per_second"), first.median("text_mb_per_second")),
                         built.text("cpu_seconds", 1), built.text("peak_mb", 0), built.text("index_per_text"),
                         bare.text("p50") + slash(bare.text("p99")), shown.text("p50") + slash(shown.text("p99"))])
    return Table("Growth: made documents", ["documents", "MB/s", "of first", "CPU s", "peak MB", "index/text",
                                            "titles p50/p99", "snippets p50/p99"], rows,
                 "of first: MB/s beside that of the smallest number; the same queries at every number, in process, ms")


def quality_table(its):
    rows = [[collection, number(figures[0]["ndcg10"], 4), str(figures[0]["queries"])]
            for (stage, collection, _, _), figures in its.groups.items() if stage == "quality"]
    if len(rows) > 1:
        rows.append(["mean", number(statistics.fmean(float(row[1]) for row in rows), 4), ""])
    return Table("Quality: nDCG@10", ["collection", "izde", "queries"], rows)


# ---- for people

def as_text(table):
    cells = [list(map(str, table.columns)), *table.rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
    lines = [table.title]
    for row in cells:
        first = row[0].ljust(widths[0])
        lines.append("  " + "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]).rstrip())
    if table.foot:
        lines.append(f"  ({table.foot})")
    return "\n".join(lines)


def as_markdown(table):
    lines = [f"**{table.title}**", "", "| " + " | ".join(map(str, table.columns)) + " |", "|---" * len(table.columns) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    return "\n".join(lines + (["", table.foot[0].upper() + table.foot[1:] + "."] if table.foot else []))


def preface(told):
    facts, settings = told["machine"], told["settings"]
    lines = [f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}; "
             f"{settings['rounds']} rounds, interleaved; medians, the least and the most in brackets."]
    lines += [f"{name} {one['version']}: {one['about']}." for name, one in told["peers"].items()]
    lines.append(f"~: others used more than {MUCH} cores in every round.")
    lines += [f"Left out: {name}, {why}." for name, why in told["left_out"].items()]
    return lines


def show(told):
    for table in tables(told):
        print(as_text(table) + "\n")
    print("\n".join(preface(told)))


def into(path, runs):
    """Replaces the figures of a Markdown page by those of some runs, one behind the other."""
    made, known = [], set()
    for told in runs:
        first, *rest = preface(told)
        made += [f"Another run: {first}" if made else first,
                 "\n".join(f"* {line}" for line in rest if line not in known), *map(as_markdown, tables(told))]
        known.update(rest)
    pages.replace(path, "figures", "\n\n".join(filter(None, made)))
