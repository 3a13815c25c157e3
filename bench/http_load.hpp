// Asks a server as fast as it answers, over many kept connections, from one thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace izde::bench {

struct Asked {
    std::string host = "127.0.0.1";
    int port = 0;
    std::vector<std::string> targets = {};  // asked in turn
    std::string headers = {};               // with a line break behind each
    int connections = 32;
    double seconds = 3;
};

struct Served {
    std::size_t answers = 0, failures = 0;                     // other than 200, or none
    double per_second = 0, p50_ms = 0, p99_ms = 0, bytes = 0;  // of an answer with its head
};

// Throws std::runtime_error where nobody listens.
Served load(const Asked& asked);

}  // namespace izde::bench
