// Which line ends of a text part paragraphs, and which only keep its lines short.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace izde::http {

// The byte positions, ascending, of the line ends that a hard wrap made: those behind which the next word had
// no room. None where the lines are not those of a wrapped text: none as long as 50 columns, one longer than
// 100, or most of them ended with room to spare (verse, lists). Blank lines and indented ones always begin a
// paragraph.
std::vector<std::size_t> wrapped_line_ends(std::string_view text);

}  // namespace izde::http
