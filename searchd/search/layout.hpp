// The words of a text and the columns they take when it stands on one line.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::search {

// A word, or one character of a script without spaces: what a snippet never cuts in two.
struct Piece {
    text::Span span;
    std::size_t column = 0, column_end = 0;  // white space in a row counts as one column
    bool after_space = false;                // or in a script without spaces: a snippet may begin here
    bool starts_sentence = false;
};

struct Layout {
    std::vector<Piece> pieces;  // ascending, apart
    std::size_t columns = 0;    // of all the text
};

// `utf8` must be valid and `tokens` what text::analyze made of it. Linear.
Layout lay_out(std::string_view utf8, std::span<const text::Token> tokens);

// Where a word that seems to end at `end` really ends: accents and variation selectors behind its
// last letter belong to it.
std::size_t with_marks(std::string_view utf8, std::size_t end);

}  // namespace izde::search
