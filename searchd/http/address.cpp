#include "http/address.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace izde::http {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(const Address::Group& bytes) {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

Address::Group from_v4(const in_addr& address) {
    Address::Group bytes = {};
    std::ranges::copy(v4_prefix, bytes.begin());
    std::memcpy(&bytes[v4_prefix.size()], &address, sizeof address);
    return bytes;
}

Address::Group from_v6(const in6_addr& address) {
    Address::Group bytes = {};
    std::memcpy(bytes.data(), &address, sizeof address);
    return bytes;
}

}  // namespace

Address Address::of(const sockaddr_storage& peer) {
    Address address;
    address.is_known_ = peer.ss_family == AF_INET || peer.ss_family == AF_INET6;
    if (peer.ss_family == AF_INET)
        address.bytes_ = from_v4(reinterpret_cast<const sockaddr_in&>(peer).sin_addr);
    if (peer.ss_family == AF_INET6)
        address.bytes_ = from_v6(reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr);
    return address;
}

std::optional<Address> Address::parse(const std::string& text) {
    Address address;
    address.is_known_ = true;
    in_addr v4 = {};
    in6_addr v6 = {};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1)
        address.bytes_ = from_v4(v4);
    else if (inet_pton(AF_INET6, text.c_str(), &v6) == 1)
        address.bytes_ = from_v6(v6);
    else
        return std::nullopt;
    return address;
}

std::string Address::text() const {
    if (!is_known_) return {};
    std::array<char, INET6_ADDRSTRLEN> text = {};
    if (is_v4(bytes_))
        inet_ntop(AF_INET, &bytes_[v4_prefix.size()], text.data(), text.size());
    else
        inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
    return text.data();
}

Address::Group Address::group() const {
    auto group = bytes_;
    if (!is_v4(bytes_)) std::fill(group.begin() + 8, group.end(), std::uint8_t{0});
    return group;
}

bool Address::is_of_this_machine() const {
    if (!is_known_) return true;
    if (is_v4(bytes_)) return bytes_[v4_prefix.size()] == 127;
    return bytes_ == from_v6(in6addr_loopback);
}

}  // namespace izde::http
