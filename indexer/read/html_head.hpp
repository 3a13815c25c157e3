// What a web page says about itself, and which of its statements to believe.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::read {

// As found in the page, each the first of its kind.
struct Head {
    std::string title;                        // <title>
    std::string heading;                      // the first <h1>
    std::string lang;                         // <html lang>
    std::string canonical;                    // <link rel=canonical>
    std::string time;                         // <time datetime>
    std::map<std::string, std::string> meta;  // by name or property, in lower case
    std::map<std::string, std::string> data;  // of the JSON-LD: headline date author publisher
};

// The charset a page declares in its first 4 KiB; empty: none.
std::string declared_charset(std::string_view bytes);

// Writes title, date, author, source, url and lang.
void apply(const Head& head, index::Document& document);

}  // namespace izde::read
