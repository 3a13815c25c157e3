// Who is at the other end of a connection, as the system says; nothing a client sends changes it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/socket.h>

namespace izde::http {

class Address {
  public:
    // What counts as one client: an IPv4 address, or a /64 of IPv6, which one subscriber has.
    using Group = std::array<std::uint8_t, 16>;

    Address() = default;  // of a Unix socket, which has none
    static Address of(const sockaddr_storage& peer);
    static std::optional<Address> parse(const std::string& text);  // "192.0.2.1", "2001:db8::1"

    std::string text() const;  // as above; an IPv4 address in IPv6 as IPv4; empty: of a Unix socket
    Group group() const;
    bool is_of_this_machine() const;
    bool is_unix() const { return !is_known_; }

    auto operator<=>(const Address&) const = default;

  private:
    Group bytes_ = {};  // IPv4 as ::ffff:a.b.c.d
    bool is_known_ = false;
};

}  // namespace izde::http
