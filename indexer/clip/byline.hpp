// The lines between a title and its story: who, when, for which paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::clip {

// A line that says nothing but facts (and sections, counters, share words).
struct FactLine {
    std::string author;             // "A, B"; empty: none
    bool author_is_marked = false;  // by "By", "Автор:" or the like
    std::string source;
    std::string place;  // "Астана, 7 июня 2024"
    std::string title;  // "Headline: ..."
    std::string url;
    index::Date published;  // without source; empty text: none
    index::Date updated;
    bool is_labelled = false;  // "Published: ...", not just a date
    bool has_date = false;     // of any kind
};

// Reads "By Assel Satubaldina | 7 June 2024", "Опубликовано: 07.06.2024 14:35", "作者：张三 来源：新华社"
// and the like; nothing if any part of the line says something else. `line` has no white space at its ends.
std::optional<FactLine> read_fact_line(std::string_view line);

}  // namespace izde::clip
