// How close to each other the words of a query stand.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "izde/deadline.hpp"

#include "index/positions/lists.hpp"
#include "index/ranked.hpp"

namespace izde::index {

// Raises the scores of documents in which words that were typed side by side stand close together, and
// sorts them anew. `words` are those of the query in the order typed, each with the spellings it may have.
// Reads the positions of these words in these documents only, so the cost does not grow with the index.
// Where the deadline passes, they stay as they are.
void raise_close(const Xapian::Database& database, const positions::Lists& positions,
                 const std::vector<std::vector<std::string>>& words, const Deadline* deadline,
                 std::vector<Ranked>& best);

}  // namespace izde::index
