// The little that the query language has to know about characters. What a word is made of is for
// text::analyze to say; this only tells where syntax could begin.
#pragma once

#include <cstddef>
#include <string_view>

namespace izde::query {

struct Character {
    char32_t value = 0;
    std::size_t bytes = 1;  // it takes in UTF-8
};

Character wide_character_at(std::string_view utf8, std::size_t at);  // of one beyond ASCII
bool is_wide_space(char32_t c);

// The character at `at`, which must be a border inside `utf8`; U+FFFD where one is cut off.
inline Character character_at(std::string_view utf8, std::size_t at) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    return lead < 0x80 ? Character{lead, 1} : wide_character_at(utf8, at);
}

// Unicode's White_Space.
inline bool is_space(char32_t c) {
    return c < 0x80 ? c == U' ' || (c >= U'\t' && c <= U'\r') : is_wide_space(c);
}

// Spaces, and the invisible marks that come along with pasted text.
bool parts_words(char32_t c);

// No punctuation, no symbol, no space.
bool is_wordlike(char32_t c);

// Whether words are written in it without spaces between them: Han and Kana.
bool is_unspaced(char32_t c);

// ASCII's form of the signs a Chinese keyboard types wide: ( ) * - : =
char32_t narrow(char32_t c);

bool has_wordlike(std::string_view utf8);

}  // namespace izde::query
