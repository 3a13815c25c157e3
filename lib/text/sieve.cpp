// A word goes by its letters and digits up to the first other sign ("don" for "don't"), the texts'
// words as well; what begins with something else is odd there too, and is let through.
#include <algorithm>
#include <utility>

#include <unicode/utf8.h>

#include "izde/text/scan.hpp"

#include "text/hans.hpp"
#include "text/scan_characters.hpp"
#include "text/segment.hpp"

namespace izde::text {
namespace {

// Han characters by their simplified ones, where these are others.
const std::vector<std::pair<char32_t, char32_t>>& traditional() {
    static const auto made = [] {
        std::vector<std::pair<char32_t, char32_t>> pairs;
        for (char32_t c = 0x3400; c <= 0x9FFF; ++c)
            if (to_simplified(c) != c) pairs.emplace_back(to_simplified(c), c);
        std::ranges::sort(pairs);
        return pairs;
    }();
    return made;
}

UChar32 next(std::string_view utf8, std::size_t& at) {
    UChar32 c = 0;
    auto i = static_cast<std::int64_t>(at);
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(utf8.data()), i,
                    static_cast<std::int64_t>(utf8.size()), c);
    at = static_cast<std::size_t>(i);
    return c;
}

}  // namespace

struct Sieve::Beginning {
    std::uint64_t letters = no_letters;
    std::uint64_t opening = 0;  // as AsciiWord's
    std::size_t count = 0;
    bool whole = true, opens_in_ascii = true;
};

Sieve::Beginning Sieve::beginning_of(std::string_view word, std::size_t most) {
    const ScanTables& tables = scan_tables();
    Beginning key;
    for (std::size_t at = 0; at < word.size() && key.count < most; ++key.count) {
        const auto c = static_cast<std::size_t>(next(word, at));
        const char16_t letter = c < ScanTables::keyed ? tables.keys[c] : u'\0';
        key.whole = letter != 0;
        if (!key.whole) break;
        key.letters = with_letter(key.letters, letter);
        if (key.count >= sizeof key.opening) continue;
        key.opens_in_ascii &= letter < 0x80;
        key.opening |= std::uint64_t{letter} << (8 * key.count);
    }
    return key;
}

namespace {

template <class Bits>
void set(Bits& bits, std::uint64_t i) {
    bits[i / 64] |= std::uint64_t{1} << (i % 64);
}

}  // namespace

void Sieve::add(std::string_view exact) {
    if (exact.empty()) return;
    empty_ = false;
    std::size_t at = 0;
    const UChar32 first = next(exact, at);
    if (is_unspaced(first)) return add_character(static_cast<char32_t>(first));
    add_word(beginning_of(exact, exact.size()));
}

void Sieve::add_word(const Beginning& word) {
    if (word.count == 0) return;
    set(words_, key_of(word.letters) >> key_shift);
    if (word.opens_in_ascii) set(openings_, opening_of(word.opening));
}

void Sieve::add_beginning(std::string_view folded) {
    if (folded.empty()) return;
    empty_ = false;
    std::size_t at = 0;
    const UChar32 first = next(folded, at);
    if (is_unspaced(first)) return add_character(static_cast<char32_t>(first));
    const Beginning key = beginning_of(folded, longest_beginning);
    if (!key.whole) return add_word(key);
    set(beginnings_, key_of(key.letters) >> key_shift);
    beginning_lengths_ |= std::uint64_t{1} << key.count;
    constexpr std::size_t looked_at = sizeof key.opening;
    const std::uint64_t mask =
        key.count >= looked_at ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * key.count)) - 1;
    if (key.opens_in_ascii) beginning_openings_.push_back({key.opening, mask});
}

void Sieve::add_character(char32_t c) {
    if (c >= characters) return;
    set(characters_, c);
    const auto& pairs = traditional();
    for (auto pair = std::ranges::lower_bound(pairs, std::pair(c, char32_t{0}));
         pair != pairs.end() && pair->first == c; ++pair)
        set(characters_, pair->second);
}

}  // namespace izde::text
