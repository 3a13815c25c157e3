// A marked text in the two forms that answers carry it in: raw parts, and escaped HTML.
#pragma once

#include <string>
#include <vector>

#include "search/snippet.hpp"

namespace izde::http {

struct Part {
    std::string text;  // raw
    bool marked = false;
};

// The text cut at its marks; joined again it is the text. Never holds an empty part.
std::vector<Part> parts(const search::Marked& marked);

// The same parts for an HTML document: escaped, with no tag but <mark>. The only HTML that C++ makes.
std::string html(const search::Marked& marked);

}  // namespace izde::http
