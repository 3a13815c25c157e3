// Writes an HTML document. Whatever text is put in is escaped; tags and attribute names are literals of ours.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "search/snippet.hpp"

namespace izde::http {

struct Attribute {
    std::string_view name;   // a literal
    std::string_view value;  // any text
    bool when = true;        // whether it is there at all
};
using Attributes = std::initializer_list<Attribute>;

class Markup {
  public:
    Markup& doctype();
    Markup& open(std::string_view tag, Attributes attributes = {});
    Markup& close(std::string_view tag);
    Markup& text(std::string_view text);
    Markup& marked(const search::Marked& text);

    // open, text, close.
    Markup& element(std::string_view tag, Attributes attributes, std::string_view text);

    std::string take() { return std::move(html_); }

  private:
    std::string html_;
};

// Whether a document's address may become a link: http and https only, and nothing that browsers
// would read as something else.
bool is_web_address(std::string_view url);

}  // namespace izde::http
