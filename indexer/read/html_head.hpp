// What a web page says about itself, and which of its statements to believe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::read {

using Statements = std::map<std::string, std::string>;

// As found in the page's head and metadata, each the first of its kind.
struct Head {
    std::string title;        // <title>
    std::string lang;         // <html lang>
    std::string canonical;    // <link rel=canonical>
    Statements meta;          // by name or property, in lower case
    Statements data;          // of the JSON-LD: headline date created modified author publisher place ...
    bool is_article = false;  // by its schema.org types
    bool is_talk = false;     // of a forum, or of questions and answers
};

// What the markup of the page's body calls a heading, a person or a day.
struct Fact {
    enum class What : std::uint8_t { heading, person, day };
    What what = What::heading;
    std::uint32_t box = 0;
    std::string text;   // as shown
    std::string value;  // as declared beside it: datetime, content
    int rank = 0;       // how clear the markup is: 3 a property, 2 an element, 1 a class; h1 1, h2 0
    bool is_update = false;
};

// The charset a page declares in its first 4 KiB; empty: none.
std::string declared_charset(std::string_view bytes);

std::string find_or_empty(const Statements& statements, std::string_view name);

// The day a fact of the page names; without a value if it names none.
index::Date read_day(const Fact& fact);

// The same of a part of it: between bars, dots or dashes, or behind a comma.
index::Date read_day_within(const Fact& fact);

struct Page;
struct Story;

// Writes title, date, author, place, source, url and lang.
void apply(const Page& page, const Story& story, index::Document& document);

}  // namespace izde::read
