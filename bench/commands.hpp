// The benchmarks that are asked for by name: izde-bench NAME [OPTION...]. Each returns an exit code.
#pragma once

#include <string>
#include <vector>

namespace izde::bench {

// [FOLDER...] [--json]: izde-indexer's rebuild of each folder (of a made one where none is named) beside a
// plain Xapian TermGenerator's of the same text in one thread, in turn: time, memory, size; and what an
// update takes of a rebuild's time, with nothing changed and with one file of a hundred, on a copy of the
// folder.
int bench_build(const std::vector<std::string>& options);

// Scores what the indexer reads of the gold set in tests/clippings. --verbose: each miss as well.
int bench_clippings(const std::vector<std::string>& options);

// INDEX FILE [ROUNDS [WAY]]: each query of FILE (peers/asked.hpp) asked by calling the search itself, with
// snippets and without (ways "snippets" and "titles"), beside Xapian's bare get_mset of what izde asks of it
// ("mset"), one after the other: a line of samples for each query and way.
int bench_queries(const std::vector<std::string>& options);

// INDEX FILE: the hits of each query of FILE that have a long text: whether their snippets, cut from some
// parts of it, show as many of the wanted words as one cut from all of it, and what each takes. Names those
// that do not; 1 where they are more than one of a hundred.
int bench_excerpts(const std::vector<std::string>& options);

// INDEX FILE [--threads N] [--seconds S]: the same ways on all cores, each for three seconds: a line of
// threads, answers per second, and the milliseconds that half and 99 % of them took.
int bench_throughput(const std::vector<std::string>& options);

// INDEX FILE: writes the documents of an index as the peers are fed (peers/asked.hpp), with the value of the
// field that divides them best; prints their number, their bytes, and that field as JSON.
int bench_texts(const std::vector<std::string>& options);

// FOLDER [groups|near|methods|variants|scale]: which near-duplicates of the folder's documents fold, and what
// it costs. groups, near: each group, each pair that just is none; methods: ways to find candidates side by
// side; variants: stories of the folder changed as reprints and as look-alikes are, and how many fold; scale:
// up to half a million made texts.
int bench_duplicates(const std::vector<std::string>& options);

// Requests a second to a handler that does nothing, by 1 to 256 kept connections of izde-load (which asks any
// server that runs).
int bench_http(const std::vector<std::string>& options);

// Ten snippets of 4 KB texts and one of 200 KB, in four languages, beside Xapian's MSet::snippet; with
// FOLDER [QUERY...]: searches in an index there, with snippets and without.
int bench_snippets(const std::vector<std::string>& options);

// INDEX [--verbose]: of words of an index misspelt at random, in each of its languages, how many its
// vocabulary tells right, beside the word with the fewest edits, and what that takes. --verbose names each
// miss.
int bench_spelling(const std::vector<std::string>& options);

}  // namespace izde::bench
