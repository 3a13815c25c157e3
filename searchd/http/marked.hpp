// A marked text in the two forms that answers carry it in: raw parts, and escaped HTML.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/snippet.hpp"

namespace izde::http {

struct Part {
    std::string_view text;  // raw, of what was cut
    bool marked = false;
};

// The text cut at its marks; joined again it is the text. Never holds an empty part.
std::vector<Part> parts(const search::Marked& marked);

// The one way from text into HTML, as a node's text or within a quoted attribute.
void append_escaped(std::string& html, std::string_view text);

// The same parts for an HTML document: escaped, with no tag but <mark>.
std::string html(std::span<const Part> parts);

}  // namespace izde::http
