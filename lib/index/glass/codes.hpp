// How Xapian's glass tables write numbers and strings, in keys and in tags.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "izde/varint.hpp"

namespace izde::index::glass {

inline void put_text(std::string& to, std::string_view text) {
    put_varint(to, text.size());
    to += text;
}

// Bytes that sort as the numbers do: below 2^15 two, then as many as the leading ones of the first byte say,
// and one more.
inline void put_ascending(std::string& to, std::uint32_t number) {
    constexpr std::uint32_t short_below = 0x8000;
    if (number < short_below) {
        to += static_cast<char>(number >> 8);
        to += static_cast<char>(number);
        return;
    }
    const auto bytes = (static_cast<unsigned>(std::bit_width(number)) + 5) / 7;
    const auto ones = static_cast<unsigned char>(0xFFU << (10 - bytes));
    const auto first = bytes > sizeof number ? 0U : number >> (8 * (bytes - 1));
    to += static_cast<char>(ones | first);
    for (unsigned rest = bytes - 1; rest > 0; --rest) to += static_cast<char>(number >> (8 * (rest - 1)));
}

// A term as it begins a key: bytes that sort as the terms do, and of which none begins as another one and
// key_end do.
inline void put_term(std::string& to, std::string_view term) {
    for (const char c : term) {
        to += c;
        if (c == '\0') to += '\xFF';
    }
}
inline constexpr char key_end = '\0';  // behind a term, where a document follows

inline constexpr std::size_t max_key_bytes = 255;
inline constexpr std::size_t max_ascending_bytes = 5;  // of what put_ascending writes

}  // namespace izde::index::glass
