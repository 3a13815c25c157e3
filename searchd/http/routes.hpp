// From a request to its answer: which route, which parameters, which JSON.
#pragma once

#include "http/assets.hpp"
#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

// Answers any request; never throws for what a client can send. Errors are problem+json. Any
// thread may call.
Answer handle(const search::Service& service, const Assets& assets, const Message& request);

}  // namespace izde::http
