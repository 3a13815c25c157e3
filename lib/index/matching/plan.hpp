// index::Query → what is read for it, and how it is put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

#include "index/glass/posting_cursor.hpp"

namespace izde::index::matching {

// BM25, chosen on the test collections (docs/ranking.md).
struct Bm25 {
    static constexpr double k1 = 1.25, b = 0.75;

    double documents = 1;  // of the index
    double shorter = 0;    // 1 / the mean length of these, in words

    // What a word counts that so many documents have.
    double weight(double having) const;

    // Of a document in which it occurs so often. No document is taken for shorter than that.
    double score(double weight, std::uint32_t occurrences, std::uint32_t length) const {
        const double relative = length * shorter;
        const double times = occurrences;
        return weight * (times / (k1 * (relative * b + (1 - b)) + times));
    }
};

// What a query is planned for. Shared by threads.
struct Tables {
    const glass::MappedTable& postings;
    const Vocabulary& vocabulary;                         // asked for the words a prefix stands for
    const std::map<std::string, std::uint64_t>& by_year;  // of the manifest: years documents are dated in
    Bm25 bm25;
};

// A term's documents.
struct List {
    List(glass::TableCursor& finder, std::string key) : cursor(finder, std::move(key)) {}

    glass::PostingCursor cursor;
    std::size_t uses = 0;                   // by nodes of the plan, or more
    std::size_t last_node = 0;              // of those that use it
    glass::PostingCursor::Place beginning;  // of a window, where it is read more often than once
    std::uint32_t window = 0;               // which: its first ordinal, from 1 on
};

struct Node {
    enum class Kind : std::uint8_t {
        nothing,
        terms,  // any of `lists`, which count as one word
        same,   // any of `parts`, which count as one word
        any,    // of `parts`
        all,    // of `parts`, none of `none_of`; `boost` adds to the score
        row,    // as all, and the words stand side by side
        near,   // as all, and they stand in a window, in any order
        days,   // as all, and it may be of a day in `dated`
    };

    Kind kind = Kind::nothing;
    double frequency = 0;  // documents that match: an estimate, unless it is one list
    double weight = 0;     // of terms and same; 0: does not score
    double bonus = 0;      // whatever the word counts
    double most = 0;       // no document scores more
    std::vector<std::uint32_t> lists;
    std::vector<Node> parts, none_of,
        boost;  // parts: the rarest first; boost: bonuses first, which nearly no document has
    std::vector<std::vector<std::string>> words;  // of row and near: terms
    std::uint32_t reach = 0;                      // of near: positions of the window
    std::string from, to;                         // of days: as days are stored, the first and the last
};

// One query's. Lists are read forward as the windows go, so it is for one pass.
struct Plan {
    std::deque<List> lists;
    std::unordered_map<std::string, std::uint32_t> numbers;  // of lists, by their terms
    Node root;
};

enum class Scores : std::uint8_t { yes, no };
Plan make_plan(const Query& query, const Tables& tables, Scores scores);

}  // namespace izde::index::matching
