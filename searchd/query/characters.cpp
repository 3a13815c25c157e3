#include "query/characters.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace izde::query {
namespace {

struct Range {
    char32_t first, last;
};

// Beyond ASCII.
constexpr std::array spaces = std::to_array<Range>({
    {0x85, 0x85},
    {0xA0, 0xA0},
    {0x1680, 0x1680},
    {0x2000, 0x200A},
    {0x2028, 0x2029},
    {0x202F, 0x202F},
    {0x205F, 0x205F},
    {0x3000, 0x3000},
});

constexpr std::array invisible = std::to_array<Range>({
    {0x200B, 0x200B},
    {0x200E, 0x200F},
    {0x202A, 0x202E},
    {0x2066, 0x2069},
    {0xFEFF, 0xFEFF},
});

constexpr std::array signs = std::to_array<Range>({
    {0x00, 0x2F},     {0x3A, 0x40},     {0x5B, 0x60},     {0x7B, 0xA9},       {0xAB, 0xB4},
    {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},       {0x300, 0x36F},
    {0x37E, 0x37E},   {0x387, 0x387},   {0x55A, 0x55F},   {0x589, 0x58A},     {0x5BE, 0x5BE},
    {0x5C0, 0x5C0},   {0x5C3, 0x5C3},   {0x5F3, 0x5F4},   {0x600, 0x60F},     {0x61B, 0x61F},
    {0x66A, 0x66D},   {0x6D4, 0x6D4},   {0x700, 0x70D},   {0x964, 0x965},     {0x10FB, 0x10FB},
    {0x1360, 0x1368}, {0x1680, 0x1680}, {0x2000, 0x206F}, {0x207A, 0x207E},   {0x208A, 0x208E},
    {0x20A0, 0x20CF}, {0x2116, 0x2118}, {0x2190, 0x245F}, {0x2500, 0x2BFF},   {0x2E00, 0x2E7F},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303D, 0x303F},   {0x30FB, 0x30FB},
    {0xFD3E, 0xFD3F}, {0xFE00, 0xFE6F}, {0xFEFF, 0xFEFF}, {0xFF01, 0xFF0F},   {0xFF1A, 0xFF20},
    {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0xE0FFF},
});

constexpr std::array unspaced = std::to_array<Range>({
    {0x2E80, 0x2FDF},
    {0x3005, 0x3007},
    {0x3021, 0x3029},
    {0x3031, 0x3035},
    {0x3038, 0x303B},
    {0x3040, 0x30FA},
    {0x30FC, 0x30FF},
    {0x31F0, 0x31FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xF900, 0xFAFF},
    {0xFF66, 0xFF9F},
    {0x20000, 0x3FFFF},
});

constexpr bool ascending(std::span<const Range> ranges) {
    return std::ranges::is_sorted(ranges, {}, &Range::first);
}
static_assert(ascending(spaces) && ascending(invisible) && ascending(signs) && ascending(unspaced));

bool within(std::span<const Range> ranges, char32_t c) {
    const auto range = std::ranges::lower_bound(ranges, c, {}, &Range::last);
    return range != ranges.end() && range->first <= c;
}

}  // namespace

Character wide_character_at(std::string_view utf8, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[at + i]); };
    const char32_t lead = byte(0);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t value = lead & (0x7Fu >> length);
    std::size_t bytes = 1;
    for (; bytes < length && at + bytes < utf8.size() && (byte(bytes) & 0xC0) == 0x80; ++bytes)
        value = (value << 6) | (byte(bytes) & 0x3Fu);
    return {bytes == length ? value : 0xFFFD, bytes};
}

bool is_wide_space(char32_t c) {
    return within(spaces, c);
}

bool parts_words(char32_t c) {
    return is_space(c) || within(invisible, c);
}

bool is_wordlike(char32_t c) {
    return !within(signs, c);
}

bool is_unspaced(char32_t c) {
    return within(unspaced, c);
}

char32_t narrow(char32_t c) {
    if (c < 0x80) return c;
    constexpr std::u32string_view wide = U"\uFF08\uFF09\uFF0A\uFF0D\uFF1A\uFF1D";
    return wide.find(c) == std::u32string_view::npos ? c : c - 0xFEE0;
}

bool has_wordlike(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const Character c = character_at(utf8, at);
        if (is_wordlike(c.value)) return true;
        at += c.bytes;
    }
    return false;
}

}  // namespace izde::query
