// What sound and order of suffixes cannot tell: Kazakh roots that look inflected or bend.
#pragma once

#include "text/kazakh_letters.hpp"

namespace izde::text::kazakh {

// Whether `word` (not empty, Cyrillic) is a root of the list. The list is short: most roots are not in it.
bool is_root(Letters word);

// Whether `word` is a root that has lost its last vowel before a possessive: халқ.
bool has_lost_vowel(Letters word);

// халқ → халық.
void restore_vowel(Word& word);

}  // namespace izde::text::kazakh
