// Eight bytes of a text at once, for looking through it faster than byte by byte.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace izde::eight {

inline constexpr std::size_t size = sizeof(std::uint64_t);
inline constexpr std::uint64_t ones = 0x0101010101010101, highest = ones << 7U;

inline std::uint64_t load(const char* bytes) {
    std::uint64_t all = 0;
    std::memcpy(&all, bytes, size);
    return all;
}

// The first one lowest, on any machine.
inline std::uint64_t load_in_order(const char* bytes) {
    const std::uint64_t all = load(bytes);
    return std::endian::native == std::endian::little ? all : __builtin_bswap64(all);
}

inline void store_in_order(char* bytes, std::uint64_t all) {
    if constexpr (std::endian::native != std::endian::little) all = __builtin_bswap64(all);
    std::memcpy(bytes, &all, size);
}

inline std::uint64_t load_four_in_order(const char* bytes) {
    std::uint32_t four = 0;
    std::memcpy(&four, bytes, sizeof four);
    return std::endian::native == std::endian::little ? four : __builtin_bswap32(four);
}

// A text's beginning, the first byte lowest and zeros behind its end.
inline std::uint64_t load_beginning(std::string_view text) {
    const char* const bytes = text.data();
    const std::size_t count = text.size();
    if (count >= size) return load_in_order(bytes);
    if (count >= size / 2)  // two halves, which may overlap
        return load_four_in_order(bytes) | load_four_in_order(bytes + count - size / 2)
                                               << 8 * (count - size / 2);
    if (count == 0) return 0;
    const auto byte = [bytes](std::size_t at) {
        return std::uint64_t{static_cast<unsigned char>(bytes[at])} << 8 * at;
    };
    return byte(0) | byte(count / 2) | byte(count - 1);
}

// What these say of a byte stands in its highest bit, and the other bits mean nothing. Only whether any byte
// is so can be told: above one that is, others may seem so.
inline std::uint64_t below(std::uint64_t all, unsigned char bound) {  // bound: at most 128
    return (all - ones * bound) & ~all;
}
inline std::uint64_t equal(std::uint64_t all, char sign) {
    return below(all ^ ones * static_cast<unsigned char>(sign), 1);
}
// Of each byte, and nothing else: whether it is ASCII and one of these.
inline std::uint64_t between(std::uint64_t all, char first, char last) {
    const std::uint64_t low = all & ~highest;
    const std::uint64_t from_first = low + ones * (0x80U - static_cast<unsigned char>(first));
    const std::uint64_t behind_last = low + ones * (0x7FU - static_cast<unsigned char>(last));
    return from_first & ~behind_last & ~all & highest;
}
// How many bytes come before the first one that between() does not say it of.
inline std::size_t before_other(std::uint64_t said) {
    return static_cast<std::size_t>(std::countr_zero(~said & highest)) / 8;
}
inline bool any(std::uint64_t said) {
    return (said & highest) != 0;
}

}  // namespace izde::eight
