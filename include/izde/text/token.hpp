// What a text is made of, once analysed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

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

struct Token {
    std::string folded;          // without case and (Latin) accents: what words and phrases match exactly
    std::string stem;            // what all inflected forms of the word share; folded where nothing is known
    Span span;                   // where it stands in the original; no step may change it
    std::uint32_t position = 0;  // 1, 2, 3, ... within one text; pairs share their first character's
    TokenKind kind = TokenKind::word;
    bool starts_word = true;  // false inside what a dictionary takes for one word (characters, pairs)
};

}  // namespace izde::text
