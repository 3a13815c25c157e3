// index::Query → Xapian::Query.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <xapian.h>

#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"

#include "index/gate.hpp"

namespace izde::index {

// `vocabulary` is asked for the words a prefix stands for, `by_year` (of the manifest) for the years
// documents are dated in. The whole and each part that takes long for a candidate are limited by `gate`.
Xapian::Query compile(const Query& query, const Vocabulary& vocabulary,
                      const std::map<std::string, std::uint64_t>& by_year, Gate& gate);

// Matches the same documents, at less cost and without scores.
Xapian::Query compile_unscored(const Query& query, const Vocabulary& vocabulary,
                               const std::map<std::string, std::uint64_t>& by_year, Gate& gate);

}  // namespace izde::index
