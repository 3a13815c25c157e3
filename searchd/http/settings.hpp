// How a server serves.
#pragma once

#include <functional>
#include <string_view>

#include "http/exchange.hpp"
#include "http/limits.hpp"

namespace izde::http {

struct Settings {
    Limits limits = {};
    int workers = 0;  // threads that answer; 0: one a core
    Compression compression = Compression::for_others;

    // Whether what is asked at a path (not decoded) is answered without waiting for anything: such requests
    // are answered where they are read, before all others. Any thread may call.
    std::function<bool(std::string_view path)> at_once = {};

    // Told of each answer that the server gives without asking the handler. From any thread, by one at a
    // time.
    std::function<void(const Answer&)> refused = {};
};

}  // namespace izde::http
