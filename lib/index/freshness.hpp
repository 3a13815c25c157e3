// How new a document is among those of its index.
#pragma once

#include <string_view>
#include <vector>

#include <xapian.h>

#include "index/ranked.hpp"

namespace izde::index {

// Raises the scores of newer documents, the newest by the part `freshness` (0..1) of its score and one a year
// older by half of that, and sorts them anew: a match that is better by more than this stays ahead. Ages are
// counted from the newest document of the index, not from today, since an archive does not age; a day after
// `built_at` (UTC, as in the manifest) is taken for that day. Documents without a date are not raised.
void raise_new(const Xapian::Database& database, double freshness, std::string_view built_at,
               std::vector<Ranked>& best);

}  // namespace izde::index
