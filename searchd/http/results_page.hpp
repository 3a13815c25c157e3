// The results of a search as a page that needs no JavaScript: /search?q=, with the parameters of
// /api/v1/search and `hl`, the language of the page.
#pragma once

#include "izde/result.hpp"

#include "http/assets.hpp"
#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

// What cannot be asked is a page that says so (400); an error is one of the service's.
Result<Answer> results_page(const search::Service& service, const Message& request);

// The error as a page, with the status and the request id of what an API client would get.
Answer error_page(const Message& request, const Error& error, const Answer& refused);

// The page that searches while one types. Where its address holds a search, a reader without
// JavaScript is sent to the page above.
Answer start_page(const Asset& page, const Message& request);

}  // namespace izde::http
