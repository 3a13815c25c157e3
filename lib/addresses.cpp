// Tested by addresses_test.cpp.
#include "izde/addresses.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace izde {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned v4_prefix_bits = 96;

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    const std::string terminated(text);
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    Address address{};
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
    std::ranges::copy(v4_prefix, address.begin());
    if (inet_pton(AF_INET, terminated.c_str(), address.data() + v4_prefix.size()) == 1) return address;
    return std::nullopt;
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Network{*address, 128};
    const auto digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
    const bool written_as_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    if (bits > (written_as_v4 ? 32U : 128U)) return std::nullopt;
    if (written_as_v4) bits += v4_prefix_bits;
    return Network{truncated(*address, bits), bits};
}

bool contains(const Network& network, const Address& address) {
    return truncated(address, network.bits) == network.first;
}

bool is_v4(const Address& address) {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), address.begin());
}

bool is_loopback(const Address& address) {
    if (is_v4(address)) return address[12] == 127;
    Address loopback{};
    loopback.back() = 1;
    return address == loopback;
}

Address truncated(const Address& address, unsigned bits) {
    Address result{};
    for (std::size_t i = 0; i < result.size() && bits > 0; ++i) {
        const unsigned kept = std::min(bits, 8U);
        result[i] = static_cast<std::uint8_t>(address[i] & (0xff00U >> kept));
        bits -= kept;
    }
    return result;
}

std::string to_string(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4(address))
        inet_ntop(AF_INET, address.data() + v4_prefix.size(), text.data(), text.size());
    else
        inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    return text.data();
}

}  // namespace izde
