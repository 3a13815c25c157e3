// A document, ready to be written: its words and what the index stores of it.
#pragma once

#include <string>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/text/token.hpp"

namespace izde::index {

// Knows nothing of Xapian. The document's own words are analysed in its language.
struct Postings {
    Document document;  // what is stored and shown, and the source of its filters
    std::vector<text::Token> title, body;
    std::vector<std::vector<text::Token>> boilerplate;  // of each piece
};

// Pure: safe on any thread.
Postings make_postings(Document document);

}  // namespace izde::index
