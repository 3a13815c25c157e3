// One document to read: /doc/{id}, with `q` whose words are marked and `hl`, the language of the page. It
// needs no JavaScript; /document.js adds to it.
#pragma once

#include <string_view>

#include "izde/result.hpp"

#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view document_route = "/doc/{id}";

// An error is one of the service's, or of a parameter (bad_argument).
Result<Answer> document_page(const search::Service& service, const Message& request, std::string_view id);

}  // namespace izde::http
