// Snippets of texts that are too long to be read for them.
#pragma once

#include <cstddef>
#include <optional>

#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "search/matching.hpp"
#include "search/snippet.hpp"

namespace izde::search {

// The snippet of a long body (Peeked::long_body has pieces), as make_snippet would cut it of all the body or
// nearly so: the positions of the wanted words tell which parts are worth reading, and only a few of these
// are. Nothing where positions cannot tell: where more spellings would have to be asked for than reading the
// text costs. Beginnings of words are looked for in the most frequent words that begin so.
Result<std::optional<Marked>> make_excerpt(const index::Reader& reader, const index::Peeked& peeked,
                                           const Finder& finder, std::size_t width);

}  // namespace izde::search
