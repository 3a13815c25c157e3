// What scan() must know of each character to do without ICU.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace izde::text {

// `odd` is what only ICU can tell: where such a character stands, its surroundings are given to it, and
// to an `accent` (` ´ ′) only between letters, where it is typed for an apostrophe.
enum class ScanKind : std::uint8_t { odd, letter, digit, space, sign, joiner, accent, unspaced };

struct ScanCharacter {
    ScanKind kind;
    std::uint8_t width : 2;  // columns
    bool capital : 1;
};

struct ScanTables {
    static constexpr std::size_t keyed = 0x530;

    std::array<ScanCharacter, 0x10000> characters;

    // What a letter or digit counts as when words are compared: without case and accents, ı as i; 0
    // for all else. Words that are equal once folded are equal by it, letter by letter.
    std::array<char16_t, keyed> keys;
};

// What the letters of a word are looked up by: gathered one after the other, then spread, so that the
// high bits are the mixed ones.
inline constexpr std::uint64_t no_letters = 0x9E3779B9u;
constexpr std::uint64_t with_letter(std::uint64_t letters, char16_t letter) {
    return std::rotl(letters, 5) ^ letter;
}
constexpr std::uint64_t key_of(std::uint64_t letters) {
    return (letters ^ letters >> 32) * 0x9E3779B97F4A7C15u;
}

// Made by the first call, in a few milliseconds.
const ScanTables& scan_tables();

}  // namespace izde::text
