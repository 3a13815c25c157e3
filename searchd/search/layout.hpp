// The words of a text and the columns they take when it stands on one line.
#pragma once

#include <cstddef>
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

// The pieces of a part that begins and ends at borders of text::scan, ascending and apart. Spans
// count from the start of `utf8`, columns from that of the part. `utf8` must be valid. Linear in the part.
std::vector<Piece> lay_out(std::string_view utf8, text::Span part);

// Where a word that seems to end at `end` really ends: accents and variation selectors behind its
// last letter belong to it.
std::size_t with_wide_marks(std::string_view utf8, std::size_t end);  // behind which more than ASCII stands
inline std::size_t with_marks(std::string_view utf8, std::size_t end) {
    const bool wide = end < utf8.size() && static_cast<unsigned char>(utf8[end]) >= 0x80;
    return wide ? with_wide_marks(utf8, end) : end;
}

}  // namespace izde::search
