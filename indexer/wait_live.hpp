// Asks a searchd until it serves a new generation.
#pragma once

#include <functional>
#include <string>

#include "izde/result.hpp"

namespace izde::indexer {

// "http://127.0.0.1:8080": /readyz is asked unless the address has a path of its own.
struct Address {
    std::string host;
    int port = 80;
    std::string path = "/readyz";
};

Result<Address> read_address(const std::string& url);  // Errc::bad_argument

struct Wait {
    std::string generation;  // which must be served, or one after it
    int seconds = 30;        // at most
    std::function<bool()> stop;
};

// Asks four times a second. Fails with what searchd said last, or why it said nothing.
Result<void> wait_live(const Address& address, const Wait& wait);

}  // namespace izde::indexer
