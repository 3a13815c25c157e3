#include "http/peer.hpp"

#include <algorithm>
#include <cstring>

#include <netinet/in.h>

namespace izde::http {

Peer peer_of(const sockaddr_storage& socket) {
    Address address = {};
    if (socket.ss_family == AF_INET6) {
        std::memcpy(address.data(), &reinterpret_cast<const sockaddr_in6&>(socket).sin6_addr, sizeof address);
        return address;
    }
    if (socket.ss_family != AF_INET) return std::nullopt;
    constexpr std::size_t before = 12;
    address[before - 2] = address[before - 1] = 0xff;
    std::memcpy(&address[before], &reinterpret_cast<const sockaddr_in&>(socket).sin_addr, sizeof(in_addr));
    return address;
}

Address client_group(const Address& address) {
    constexpr unsigned subscriber_bits = 64;
    return is_v4(address) ? address : truncated(address, subscriber_bits);
}

}  // namespace izde::http
