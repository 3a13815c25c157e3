// What was typed, turned into what to look for.
#pragma once

#include <string>
#include <vector>

#include "izde/index/query.hpp"

#include "query/lookup.hpp"
#include "query/parse.hpp"
#include "query/spelling.hpp"
#include "query/variants.hpp"
#include "query/wanted.hpp"

namespace izde::query {

struct Resolved {
    index::Query strict;   // every word required
    index::Query relaxed;  // the best partial matches; Nothing where a query has no such reading
    Wanted wanted;         // of what was asked for in title and body
    Wanted furniture;      // of what was asked for in the boilerplate
    std::vector<Expansion> expansions;
    std::vector<Correction> corrections;           // of words that were taken for others
    std::vector<std::vector<std::string>> in_row;  // the plain words that carry meaning, with their spellings
    std::vector<Unit> units;                       // of the plain words
    std::size_t words = 0;                         // that carry meaning
    bool everything = false;                       // nothing was asked for
    bool phrases = false;  // a phrase was asked for, which the loose reading takes for its words
};

// `loose` is for a query that finds nothing as it was typed: phrases are read as their words, and
// words that carry only grammar may match as well.
enum class Reading { as_typed, loose };

Resolved resolve(const Syntax& syntax, const Lexicon& lexicon, Reading reading = Reading::as_typed);

}  // namespace izde::query
