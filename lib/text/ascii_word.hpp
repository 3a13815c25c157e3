// A word of ASCII's letters and digits and what parts it from the next one, eight bytes at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "izde/eight.hpp"

namespace izde::text {

struct AsciiWord {
    static constexpr std::size_t looked_at = 17;  // bytes that must be there from its beginning on
    static constexpr std::size_t longest = 15;

    std::size_t bytes = 0;      // 0: no word, one with other letters or a sign in it, or a longer one
    std::size_t gap = 0;        // bytes behind it, of which the last is a space or a line's end
    std::uint64_t opening = 0;  // its first eight letters, small ones, the first in the lowest byte
};

namespace ascii {

// Of each byte its highest bit, where it is a letter or digit.
inline std::uint64_t alphanumeric(std::uint64_t all) {
    return eight::between(all | eight::ones * 0x20U, 'a', 'z') | eight::between(all, '0', '9');
}

}  // namespace ascii

// Between such words stands a space or a line's end, perhaps behind a comma or a full stop. Part of the loops
// that ask for one word after the other.
[[gnu::always_inline]] inline AsciiWord ascii_word(const char* at) {
    const std::uint64_t first = eight::load_in_order(at);
    std::size_t bytes = eight::before_other(ascii::alphanumeric(first));
    std::uint64_t opening = first | eight::ones * 0x20U;
    if (bytes == eight::size)
        bytes += eight::before_other(ascii::alphanumeric(eight::load_in_order(at + eight::size)));
    else
        opening &= (std::uint64_t{1} << (bytes * 8)) - 1;
    if (bytes - 1 >= AsciiWord::longest) return {};
    const std::size_t behind = bytes + (at[bytes] == ',' || at[bytes] == '.' ? 1 : 0);
    if (at[behind] != ' ' && at[behind] != '\n') return {};
    return {bytes, behind + 1 - bytes, opening};
}

// A word in small letters, where it has nothing but ASCII's letters and digits and is no longer than
// AsciiWord::longest; otherwise false, and `small` is as it was. Sixteen bytes must be there from its
// beginning on.
inline bool small_ascii(const char* at, std::size_t bytes, std::string& small) {
    if (bytes > AsciiWord::longest) return false;
    const std::uint64_t first = eight::load_in_order(at), second = eight::load_in_order(at + eight::size);
    std::size_t run = eight::before_other(ascii::alphanumeric(first));
    if (run == eight::size) run += eight::before_other(ascii::alphanumeric(second));
    if (run < bytes) return false;
    std::array<char, 2 * eight::size> letters{};
    eight::store_in_order(letters.data(), first | eight::ones * 0x20U);
    eight::store_in_order(letters.data() + eight::size, second | eight::ones * 0x20U);
    small = std::string(letters.data(), AsciiWord::longest);  // a size that is known beforehand costs no call
    small.resize(bytes);
    return true;
}

}  // namespace izde::text
