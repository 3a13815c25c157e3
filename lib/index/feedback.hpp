// Words that the best matches share, which a query may have meant as well.
#pragma once

#include <xapian.h>

#include "izde/deadline.hpp"

#include "index/stored.hpp"

namespace izde::index {

// What matches are read from.
struct Texts {
    const Xapian::Database& database;
    const StoredDocuments& stored;
};

// Pseudo-relevance feedback: adds to a query the words its best matches have in common, so that what has
// them ranks higher; they match nothing by themselves. The less, the farther the best match is ahead of the
// others, since then they are of another topic; the query unchanged where that is too far, or time runs out.
// `enquire` must be set to `query`; costs about as much as the search, and the
// analysis of ten texts, of 8 KB at most each.
Xapian::Query with_feedback(const Xapian::Query& query, Xapian::Enquire& enquire, const Texts& texts,
                            const Deadline* deadline);

}  // namespace izde::index
