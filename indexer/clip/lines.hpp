// A text as lines and paragraphs, judged by their shape alone. Valid UTF-8 throughout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace izde::clip {

// Without white space (no-break spaces, too) at its ends.
std::string_view trimmed(std::string_view text);
std::size_t next_character(std::string_view text, std::size_t at);

// A line; where lines are cut at a width, as mail and wires have them, a paragraph of such lines.
struct Unit {
    std::string_view text;    // trimmed; holds line ends if it is more than one line
    std::uint32_t begin = 0;  // bytes of the body, from the first line's beginning ...
    std::uint32_t end = 0;    // ... to behind the last one's line end
    std::uint32_t lines = 1;
    bool after_blank = false;  // an empty line, or nothing, comes before
};

// All that are not empty, in order. They look into `body`, which is smaller than 4 GB.
std::vector<Unit> cut_into_units(std::string_view body);

// Whether the line ends in a full stop; an abbreviation's ("U.S.") and an ellipsis do not count.
bool ends_sentence(std::string_view line);

// Behind the first sentence of `text`, its closing quotes included.
std::size_t first_sentence_end(std::string_view text);

}  // namespace izde::clip
