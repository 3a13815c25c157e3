// Words that the best matches share, which a query may have meant as well.
#pragma once

#include <functional>
#include <span>
#include <string>

#include <xapian.h>

#include "izde/deadline.hpp"
#include "izde/index/query.hpp"

#include "index/ranked.hpp"
#include "index/stored.hpp"

namespace izde::index {

// What matches are read from.
struct Texts {
    const Xapian::Database& database;
    const StoredDocuments& stored;
};

// As many of the best matches are looked at; of fewer nothing is learnt.
inline constexpr std::size_t feedback_matches = 10;

// Pseudo-relevance feedback: adds to a query the words its best matches have in common, so that what has
// them ranks higher; they match nothing by themselves. The less, the farther the best match is ahead of the
// others, since then they are of another topic; the query unchanged where that is too far, or time runs out.
// `is_asked`: whether a query's own term is given. Costs about as much as a search, and the analysis of ten
// texts, of 8 KB at most each.
Query with_feedback(const Query& query, std::span<const Ranked> best,
                    const std::function<bool(const std::string&)>& is_asked, const Texts& texts,
                    const Deadline* deadline);

}  // namespace izde::index
