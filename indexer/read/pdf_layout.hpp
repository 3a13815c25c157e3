// Paragraphs out of the words that stand on a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace izde::read {

// In points, down and to the right from the page's corner.
struct PlacedWord {
    std::string text;
    double left = 0, top = 0, right = 0, bottom = 0;
    bool space_after = false;
};

// Words come in the order of reading. Lines of one paragraph are joined, and so are the halves of a word
// that a hyphen parts between two small letters. Between paragraphs stands an empty line, and where only a
// short line tells the end, a line's.
std::string page_text(const std::vector<PlacedWord>& words);

}  // namespace izde::read
