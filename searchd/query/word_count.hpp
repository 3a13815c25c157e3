// How much a text asks for, before anything is known of its languages: a bound on what it may cost.
#pragma once

#include <cstddef>
#include <string_view>

namespace izde::query {

struct Counted {
    std::string_view text;   // a beginning of the text, cut behind a word
    std::size_t halves = 0;  // half words in it
};

// The longest beginning with at most that many half words. A word is letters and digits without a
// break, a very long one is several, and a character of a script without spaces is half of one.
// Hardly ever does analysis see more. Linear; `utf8` must be valid.
Counted take_words(std::string_view utf8, std::size_t most_halves);

}  // namespace izde::query
