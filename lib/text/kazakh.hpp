// What the inflected forms of a Kazakh word share: қазақстанның, қазақстанда, қазақстандық → қазақстан.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// `case_folded_word` as fold_case leaves it. The stem is a key to compare, not always a word (алматы
// → алмат); the base of a proper name is kept whole. Words in the Latin alphabets of 2018 and 2021, and
// in plain ASCII as far as it tells the letters apart, give the same Cyrillic stem: qazaqstannyñ →
// қазақстан. Anything else (digits, other scripts, broken UTF-8, words too long to be Kazakh) comes back
// as it is. Takes about a microsecond a word; may be called from any thread; never fails.
std::string stem_kazakh(std::string_view case_folded_word);

}  // namespace izde::text
