// index::Query → Xapian::Query.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <xapian.h>

#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

namespace izde::index {

// Matches the documents that have the term, without a score. What all have is compiled to what matches
// everything, since Xapian 1.4 loses its way in such a list where the documents' numbers have gaps
// (DatabaseCorruptError, of an index that is sound).
Xapian::Query weightless(const Xapian::Database& database, const std::string& term);

// `vocabulary` is asked for the words a prefix stands for, `by_year` (of the manifest) for the years
// documents are dated in, `database` for the words that all its documents have.
Xapian::Query compile(const Query& query, const Vocabulary& vocabulary,
                      const std::map<std::string, std::uint64_t>& by_year, const Xapian::Database& database);

// Matches the same documents, at less cost and without scores.
Xapian::Query compile_unscored(const Query& query, const Vocabulary& vocabulary,
                               const std::map<std::string, std::uint64_t>& by_year,
                               const Xapian::Database& database);

}  // namespace izde::index
