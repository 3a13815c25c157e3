// Who is at the other end of a connection, as the system says; nothing a client sends changes it.
#pragma once

#include <optional>

#include <sys/socket.h>

#include "izde/addresses.hpp"

namespace izde::http {

using Peer = std::optional<Address>;  // nothing: one on a Unix socket

Peer peer_of(const sockaddr_storage& socket);

// What counts as one client: an IPv4 address, or a /64 of IPv6, which one subscriber has.
Address client_group(const Address& address);

inline bool is_of_this_machine(const Peer& peer) {
    return !peer || is_loopback(*peer);
}

}  // namespace izde::http
