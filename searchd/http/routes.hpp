// From a request to its answer: which route, which parameters, which form.
#pragma once

#include <string>

#include "http/assets.hpp"
#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

class Metrics;

// What answers depend on beside the index and the request.
struct Surroundings {
    std::string settings = {};  // changes whenever a setting does that answers to searches depend on
    std::string base = "http://localhost";  // how the client calls the server, for addresses in feeds
    bool trusted = true;                    // whether the client may read paths and errors of the server
    const Metrics* metrics = nullptr;       // null: there are none
};

// Answers any request; never throws for what a client can send. Errors are problem+json. Any
// thread may call. Who may ask is not decided here but by Door.
Answer handle(const search::Service& service, const Assets& assets, const Message& request,
              const Surroundings& around = {});

}  // namespace izde::http
