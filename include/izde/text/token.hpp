// What a text is made of, once analysed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace izde::text {

// Bytes of the original text, half open.
struct Span {
    std::size_t begin = 0, end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

// Scripts without spaces (Han, Kana) are cut into characters and overlapping pairs, since a
// dictionary's word borders depend on the neighbours: at each position stands the single
// character and, unless it is the last of its run, the pair that begins there.
enum class TokenKind : std::uint8_t { word, character, pair };

// How a word's first letter is written. A capital after a full stop, a quotation mark or at the
// start of a paragraph says nothing of the word: `start`.
enum class Casing : std::uint8_t { none, lower, capital, start };

struct Token {
    std::string exact;           // without case: the spelling, which the index holds
    std::string folded;          // without accents as well (Latin, Greek), as words are compared
    std::string_view lang;       // the language of its paragraph, where the word may be of it; else "und"
    Span span;                   // where it stands in the original; no step may change it
    std::uint32_t position = 0;  // 1, 2, 3, ... within one text; pairs share their first character's
    TokenKind kind = TokenKind::word;
    Casing casing = Casing::none;
};

}  // namespace izde::text
