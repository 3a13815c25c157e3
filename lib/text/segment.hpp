// Where the words of a text begin and end.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::text {

struct Segment {
    Span span;
    bool unspaced = false;  // one character of a script written without spaces
};

// Han and Kana letters: scripts written without spaces.
constexpr bool is_unspaced(std::int32_t c) {
    if (c >= 0x4E00 && c <= 0x9FFF) return true;
    if (c < 0x2E80) return false;
    if (c < 0x3000) return c < 0x2FE0;  // radicals
    if (c < 0x3041) return c == 0x3005 || c == 0x3006 || c == 0x3007 || (c >= 0x3021 && c <= 0x3029);
    if (c < 0x3100) return c <= 0x3096 || c == 0x309D || c == 0x309E || (c >= 0x30A1 && c != 0x30FB);
    if (c < 0x4E00) return (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF);
    return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x20000 && c <= 0x3FFFF);
}

// A phrase does not reach over the end of a paragraph: so many positions lie between.
inline constexpr std::uint32_t paragraph_gap = 32;

// Whether what stands between two segments parts paragraphs: a blank line does, while a single line end may
// be nothing but a wrapped line.
bool has_blank_line(std::string_view between);
inline bool ends_paragraph(std::string_view between) {
    return between.size() > 1 && has_blank_line(between);
}

// Words by the rules of Unicode's UAX 29 (ICU), cut further at full stops between letters ("U.S",
// "Ә.Бөкейхан"), underscores and @, but joined by any apostrophe between letters; "C++" and "C#" keep
// their signs. Han and Kana character by character. Punctuation and symbols are no segments.
std::vector<Segment> segment(std::string_view utf8);

}  // namespace izde::text
