// Numbers of any size in few bytes: seven bits each, low ones first, and the high bit of all but the last is
// set. Xapian's glass tables write them so as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace izde {

inline void put_varint(std::string& to, std::uint64_t number) {
    for (; number > 0x7F; number >>= 7) to += static_cast<char>(number | 0x80);
    to += static_cast<char>(number);
}

// The same, to where there is room for most_varint_bytes; behind what it wrote.
inline constexpr std::size_t most_varint_bytes = 10;
inline char* put_varint(char* to, std::uint64_t number) {
    for (; number > 0x7F; number >>= 7) *to++ = static_cast<char>(number | 0x80);
    *to++ = static_cast<char>(number);
    return to;
}

// `next` gives a byte, or less than 0 at the end. Nothing for what ends too soon, or is more than 64 bits.
template <class Next>
std::optional<std::uint64_t> read_varint(Next next) {
    constexpr unsigned bits = 64;
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < bits; shift += 7) {
        const int byte = next();
        if (byte < 0) return std::nullopt;
        const auto seven = static_cast<std::uint64_t>(byte) & 0x7F;
        if (shift + 7 > bits && seven >> (bits - shift) != 0) return std::nullopt;
        value |= seven << shift;
        if (byte < 0x80) return value;
    }
    return std::nullopt;
}

// Takes one from the front of `bytes`; what could not be read as one is taken as well.
inline std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) < 0x80) {
        const auto number = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        return number;
    }
    return read_varint([&bytes] {
        if (bytes.empty()) return -1;
        const int byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        return byte;
    });
}

}  // namespace izde
