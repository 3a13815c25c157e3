// What scan() must know of each character to do without ICU.
#pragma once

#include <array>
#include <cstdint>

namespace izde::text {

// `odd` is what only ICU can tell: where such a character stands, its surroundings are given to it.
enum class ScanKind : std::uint8_t { odd, letter, digit, space, sign, joiner, unspaced };

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

// The key of the letters of a word, one after the other. Its high bits are the mixed ones.
inline constexpr std::uint64_t no_letters = 0xCBF29CE484222325u;
constexpr std::uint64_t with_letter(std::uint64_t key, char16_t letter) {
    return (key ^ letter) * 0x9E3779B97F4A7C15u;
}

// Made by the first call, in a few milliseconds.
const ScanTables& scan_tables();

}  // namespace izde::text
