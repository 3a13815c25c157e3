// What clients may ask of the server at most: in number, in size and in time. Sizes of requests stand in
// framing.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "izde/addresses.hpp"

namespace izde::http {

struct Limits {
    using Time = std::chrono::milliseconds;

    std::size_t connections = 4096;
    std::size_t per_address = 64;  // connections of one address: of a /32 of IPv4, of a /64 of IPv6
    std::size_t queue = 64;        // requests that wait for a worker
    std::size_t held = 64 << 20;  // bytes of all requests that are not complete and answers that are not read

    // Each is a total: no trickle of bytes prolongs it.
    Time head{10'000};     // from a request's first byte to the end of its head
    Time request{30'000};  // from a request's first byte to its answer
    Time idle{15'000};     // between two requests, and before the first
    Time answer{30'000};   // from the first byte of an answer to its last
    Time linger{1'000};    // for the client to close, once the last answer is out

    // After stop(): for clients that ask nothing, that are half way through a request's head, and in all.
    Time drain_idle{500}, drain_head{1'000}, drain{4'000};

    // Addresses of reverse proxies, behind which all clients look like one: what holds for one address does
    // not hold for them, nor for Unix sockets.
    std::vector<Network> proxies = {parse_network("127.0.0.1").value(), parse_network("::1").value()};
};

}  // namespace izde::http
