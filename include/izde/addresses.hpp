// Internet addresses as text, and networks of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace izde {

// Of either version: version 4 stands as ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

// "192.0.2.7", "2001:db8::1", without brackets, ports and zones.
std::optional<Address> parse_address(std::string_view text);

struct Network {
    Address first{};
    unsigned bits = 128;  // of `first` that its members share
    bool operator==(const Network&) const = default;
};

// "10.0.0.0/8", "fd00::/8", or one address.
std::optional<Network> parse_network(std::string_view text);

bool contains(const Network& network, const Address& address);
bool is_v4(const Address& address);
bool is_loopback(const Address& address);

// The first bits of it, all others 0.
Address truncated(const Address& address, unsigned bits);

// The shortest text: "192.0.2.7", "2001:db8::1".
std::string to_string(const Address& address);

}  // namespace izde
