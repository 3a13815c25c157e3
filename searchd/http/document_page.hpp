// One document to read: /doc/ID, with `q` whose words are marked and `hl`, the language of the page. It
// needs no JavaScript; /document.js adds to it.
#pragma once

#include <string_view>

#include "izde/result.hpp"

#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view document_path = "/doc/";

// For a path below /doc/. An error is one of the service's, or of a parameter (bad_argument).
Result<Answer> document_page(const search::Service& service, const Message& request);

}  // namespace izde::http
