// How a query that is being typed may go on.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/reader.hpp"
#include "izde/names/aliases.hpp"
#include "izde/result.hpp"

#include "search/search.hpp"

namespace izde::search {

// `typed` with its last word completed by words of the vocabulary, the most frequent first, those that
// find something together with what stands before it; then titles that have all its words, the last one
// as the beginning of a word. At most `limit`, of which at most five are titles; none is there twice,
// whatever its case, accents or signs. A search is asked for each completion that has words before it,
// about a dozen at most. Where the deadline passes, what was found is all.
Result<Suggestions> completions(const index::Reader& reader, std::string_view typed,
                                const names::Aliases* aliases, std::size_t limit, const Deadline& deadline);

}  // namespace izde::search
