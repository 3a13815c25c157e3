#include "index/term_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

// A call takes longer than the hash of a word.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "izde/eight.hpp"

namespace izde::index {
namespace {

constexpr std::size_t least_places = 1u << 12;

// Its first bytes as a number that sorts as they do.
std::uint64_t beginning_of(std::string_view term) {
    return __builtin_bswap64(eight::load_beginning(term));
}

constexpr std::size_t whole_bytes = 7;

// The same in any order: two short terms that have the same are the same, and no long one has it.
std::uint64_t mark_of(std::string_view term) {
    constexpr std::uint64_t of_no_text = 0xFF;
    constexpr unsigned last_byte = 8 * whole_bytes;
    const std::uint64_t bytes = eight::load_beginning(term);
    if (term.size() <= whole_bytes) return bytes | std::uint64_t{term.size()} << last_byte;
    return bytes >> last_byte <= whole_bytes ? bytes | of_no_text << last_byte : bytes;
}

std::uint32_t hash_of(std::string_view term) {
    return static_cast<std::uint32_t>(::XXH3_64bits(term.data(), term.size()));
}

}  // namespace

std::uint32_t TermTable::number_of(std::string_view term) {
    return number_of(term, hash_of(term));
}

void TermTable::numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers) {
    constexpr std::size_t at_once = 32;
    std::array<std::uint32_t, at_once> hashes{};
    numbers.clear();
    numbers.reserve(tokens.size());
    while (!tokens.empty()) {
        const auto some = tokens.first(std::min(tokens.size(), at_once));
        for (std::size_t i = 0; i < some.size(); ++i) {
            hashes[i] = hash_of(some[i].exact);
            if (!places_.empty()) __builtin_prefetch(&places_[hashes[i] & (places_.size() - 1)]);
        }
        for (std::size_t i = 0; i < some.size(); ++i) numbers.push_back(number_of(some[i].exact, hashes[i]));
        tokens = tokens.subspan(some.size());
    }
}

std::uint32_t TermTable::number_of(std::string_view term, std::uint32_t hash) {
    if (terms_.size() * 2 >= places_.size()) grow();
    const std::uint64_t mark = mark_of(term);
    const std::size_t mask = places_.size() - 1;
    std::size_t at = hash & mask;
    for (; places_[at].number != 0; at = (at + 1) & mask) {
        const Place& place = places_[at];
        if (place.hash != hash || place.mark != mark) continue;
        const std::uint32_t number = place.number - 1;
        if (term.size() <= whole_bytes || this->term(number) == term) return number;
    }
    terms_.push_back({bytes_.size(), static_cast<std::uint32_t>(term.size())});
    bytes_ += term;
    places_[at] = {mark, hash, size()};
    return size() - 1;
}

void TermTable::grow() {
    const std::vector<Place> before = std::exchange(places_, {});
    places_.resize(std::max(least_places, before.size() * 2));
    const std::size_t mask = places_.size() - 1;
    for (const Place& place : before) {
        if (place.number == 0) continue;
        std::size_t at = place.hash & mask;
        while (places_[at].number != 0) at = (at + 1) & mask;
        places_[at] = place;
    }
}

std::vector<std::uint32_t> TermTable::sorted() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
    keyed.reserve(terms_.size());
    for (std::uint32_t number = 0; number < size(); ++number)
        keyed.emplace_back(beginning_of(term(number)), number);
    std::ranges::sort(keyed, [this](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : term(a.second) < term(b.second);
    });
    std::vector<std::uint32_t> numbers;
    numbers.reserve(keyed.size());
    for (const auto& [beginning, number] : keyed) numbers.push_back(number);
    return numbers;
}

void TermTable::clear() {
    *this = {};
}

}  // namespace izde::index
