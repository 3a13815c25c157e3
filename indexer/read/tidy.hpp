// What every reader does to the text it hands over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::read {

// Valid UTF-8 on one line, without control characters or white space at the ends.
std::string one_line(std::string_view text);

// Valid UTF-8 without control characters; no line ends in white space, no two empty lines follow
// each other, and what is not empty ends with "\n".
std::string paragraphs(std::string_view text);

// The same for text without_controls() has been over; `marks`, ascending offsets in the text, become
// those of the same places in what is returned.
std::string paragraphs(std::string_view clean, std::vector<std::size_t>& marks);

// Valid UTF-8 without control characters but "\n" and "\t".
std::string without_controls(std::string_view text);

// Takes the first line out of the body if it says just what the title says; boilerplate keeps its
// places.
void drop_repeated_title(index::Document& document);

// ASCII alone: names of tags, keys, extensions.
std::string ascii_lower(std::string_view name);

// What is a web address; else empty.
std::string web_address(std::string_view text);

}  // namespace izde::read
