// What the inflected forms of an English word share, where Snowball alone would part or join too much.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// `word` as fold_case leaves it (no possessive) and what Snowball's "english" makes of it. Irregular forms
// get the stem of their base (men → man, said → say); -ise is -ize, -our is -or; and a few frequent words
// that Snowball joins stay apart (university and universe, international and internal). The stem is a key to
// compare, not always a word. Any bytes are allowed. May be called from any thread; never fails.
std::string stem_english(std::string_view word, std::string snowball);

}  // namespace izde::text
