// A document → what Xapian holds of it: terms, value slots, the stored record.
#pragma once

#include <xapian.h>

#include "izde/index/document.hpp"

#include "index/words.hpp"

namespace izde::index {

// Its words are analysed in its language and counted in `words` as well. Any thread, each with words of its
// own. Memory: some ten times the text.
Xapian::Document make_entry(const Document& document, WordCounts& words);

// Counts the words alone.
void count_words(const Document& document, WordCounts& words);

}  // namespace izde::index
