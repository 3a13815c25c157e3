// A document as one entry of a list: its title as a link to it, and what is known of it.
#pragma once

#include "http/frame.hpp"
#include "search/search.hpp"

namespace izde::http {

// "/doc/ID?q=", with the query's words to be marked there.
std::string document_href(const Sheet& sheet, const std::string& id);

// A document's language for the attribute; empty: not known.
std::string_view lang_of(const index::Document& document);

// Source, place, author, date, language, address or path, in one line.
void write_meta(Sheet& sheet, const index::Document& document);

void write_hit(Sheet& sheet, const search::Hit& hit);

}  // namespace izde::http
