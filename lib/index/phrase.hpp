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

// Whether the words stand at consecutive positions, in this order. Of no word: no. In time linear in the
// positions, but for the logarithm that skipping over many takes.
bool has_phrase(std::span<const Positions> words);

// Whether each word stands at a position of its own, in any order, all within `window` positions. Of no word:
// no. In time linear in the positions, each times the square of the words times the window at the very worst,
// where words share positions.
bool has_near(std::span<const Positions> words, std::uint32_t window);

}  // namespace izde::index
