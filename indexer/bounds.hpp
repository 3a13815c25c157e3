// How much of a document is indexed, so that none takes more memory than a run may have.
#pragma once

#include <cstddef>

#include "izde/index/document.hpp"

namespace izde::indexer {

// Bytes of text, if its words repeat as words do. What costs memory is words that occur once: each first
// occurrence, of a word or of a pair of Chinese characters, counts as much as 14 bytes. So 8 MiB of prose
// fit in any language, and 2.6 MiB of made-up words. So it is where 512 MB of memory may be taken; see
// budget.hpp.
inline constexpr std::size_t most_text_bytes = 8u << 20;

// Takes away what is beyond it, at a line's end where one is near. False where all could stay.
bool cut_to_bounds(index::Document& document, std::size_t most_bytes = most_text_bytes);

}  // namespace izde::indexer
