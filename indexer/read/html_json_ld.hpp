// What a page states of itself as JSON-LD (schema.org).
#pragma once

#include <string>
#include <string_view>

#include "read/html_head.hpp"

namespace izde::read {

// Adds to head.data what the first article in `json` says, and to its kinds what sort of page it is.
// `json` is the text of a script element, as sloppy as sites write it: comments or CDATA around it,
// line ends in strings, commas too many, entities. What still is no JSON says nothing.
void read_json_ld(std::string_view json, Head& head);

// A schema.org type, "NewsArticle".
void note_type(std::string_view type, Head& head);

}  // namespace izde::read
