// Whether the words of a phrase, or of NEAR, stand in a document as they should: pure functions of where each
// of them stands in it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace izde::index {

// Of a word in a document, in any of its spellings: ascending, each once.
using Positions = std::vector<std::uint32_t>;

// What several spellings of one word gave, one behind the other, becomes its positions.
void settle(Positions& positions);

// A phrase is looked for word by word, in any order: `starts`, ascending, are the positions where it may
// begin by the words looked at so far. The word is the one behind `place` others. In time linear in the
// positions, but for the logarithm that skipping over many takes.
void begin_phrase(Positions& starts, const Positions& word, std::uint32_t place);   // the first one looked at
void narrow_phrase(Positions& starts, const Positions& word, std::uint32_t place);  // any other

// Whether each word stands at a position of its own, in any order, all within `window` positions. Of no word:
// no. In time linear in the positions, each times the square of the words times the window at the very worst,
// where words share positions.
bool has_near(std::span<const Positions> words, std::uint32_t window);

}  // namespace izde::index
