// Where the words of a text begin and end.
#pragma once

#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::text {

struct Segment {
    Span span;
    bool unspaced = false;  // one character of a script written without spaces
};

// Words by the rules of Unicode's UAX 29 (ICU), cut further at full stops between letters ("U.S",
// "Ә.Бөкейхан"), underscores and @, but joined by any apostrophe between letters; "C++" and "C#" keep
// their signs. Han and Kana character by character. Punctuation and symbols are no segments.
std::vector<Segment> segment(std::string_view utf8);

}  // namespace izde::text
