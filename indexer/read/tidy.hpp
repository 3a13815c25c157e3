// What every reader does to the text it hands over.
#pragma once

#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::read {

// Valid UTF-8 on one line, without control characters or white space at the ends.
std::string one_line(std::string_view text);

// Valid UTF-8 without control characters; no line ends in white space, no two empty lines follow
// each other, and what is not empty ends with "\n".
std::string paragraphs(std::string_view text);

// Takes the first line out of the body if it says just what the title says.
void drop_repeated_title(index::Document& document);

// ASCII alone: names of tags, keys, extensions.
std::string ascii_lower(std::string_view name);

// What is a web address; else empty.
std::string web_address(std::string_view text);

}  // namespace izde::read
