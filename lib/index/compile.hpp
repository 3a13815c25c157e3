// index::Query → Xapian::Query.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <xapian.h>

#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

#include "index/gate.hpp"
#include "index/positions/lists.hpp"

namespace izde::index {

// What a query is compiled for.
struct Tables {
    const Xapian::Database& database;
    const positions::Lists& positions;                    // where words stand
    const Vocabulary& vocabulary;                         // asked for the words a prefix stands for
    const std::map<std::string, std::uint64_t>& by_year;  // of the manifest: years documents are dated in
};

// The whole and each part that takes long for a candidate are limited by `gate`.
Xapian::Query compile(const Query& query, const Tables& tables, Gate& gate);

// Matches the same documents, at less cost and without scores.
Xapian::Query compile_unscored(const Query& query, const Tables& tables, Gate& gate);

// A term that adds nothing to the score. Where all documents have it, Xapian 1.4 reads the list of all in its
// place, and fails at the end of the first block if numbers are left out between documents; so it is asked
// for all documents in the first place. Each term that does not score must come from here.
Xapian::Query unscored_term(const std::string& term, const Xapian::Database& database);

}  // namespace izde::index
