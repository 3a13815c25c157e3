// How many documents match, without ranking them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "izde/deadline.hpp"
#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

#include "index/compile.hpp"

namespace izde::index {

// The documents in groups of near-duplicates and the groups, as numbers.
using Grouped = std::vector<std::pair<Xapian::docid, std::uint32_t>>;
Grouped read_groups(const Xapian::Database& database);

struct Count {
    std::uint64_t documents = 0;
    bool complete = true;  // else the deadline passed, and the number says nothing
};

struct Counting {
    const Tables& tables;
    const Deadline* deadline;

    // The matches of a query, exactly; those of one of `grouped` count as one. Reads the posting lists of
    // its words one after the other into a bit for each document of the index, a third of what Xapian
    // takes to merge them.
    Count count(const Query& query, const Grouped& grouped) const;
};

}  // namespace izde::index
