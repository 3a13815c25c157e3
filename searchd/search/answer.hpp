// What a query means in an index, and which documents match it.
#pragma once

#include <string>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/query.hpp"
#include "izde/index/reader.hpp"
#include "izde/names/aliases.hpp"
#include "izde/result.hpp"

#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "query/variants.hpp"
#include "query/wanted.hpp"
#include "query/warnings.hpp"
#include "search/cuts.hpp"
#include "search/search.hpp"

namespace izde::search {

struct Found {
    index::Query query;  // the one of its readings that answers
    index::Matches matches;
    index::Refinement refinement;
};

struct Answer {
    Found found;
    query::Wanted wanted, furniture;
    std::vector<query::Expansion> expansions;
    std::string suggestion;  // what the query was perhaps meant to be; empty: nothing comes to mind
    std::vector<query::Warning> warnings;
    Cuts cuts;                       // made so far
    bool timed_out = false;          // so that something was left out
    index::Query strict;             // as it was typed, without the filters
    std::vector<query::Unit> units;  // as it was typed
};

struct Asking {
    const names::Aliases* aliases = nullptr;  // null: names have no variants
    double freshness = 0;                     // as index::Refinement::freshness
    const Deadline& deadline;
};

// As it was typed; where that finds nothing, as loosely as it can be read, and saying so. What was found
// when the deadline passes is the answer.
Result<Answer> answer(const index::Reader& reader, const query::Parsed& parsed, const Request& request,
                      const Asking& asking);

index::Query with_filters(index::Query query, const Request& request);

// What with_filters was given to make `filtered` for this request.
const index::Query& without_filters(const index::Query& filtered, const Request& request);

}  // namespace izde::search
