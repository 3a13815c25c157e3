#include "index/term_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include <xxhash.h>

namespace izde::index {
namespace {

constexpr std::size_t least_places = 1u << 12;

// Its first bytes as a number that sorts as they do.
std::uint64_t beginning_of(std::string_view term) {
    std::uint64_t number = 0;
    std::memcpy(&number, term.data(), std::min(term.size(), sizeof number));
    if constexpr (std::endian::native == std::endian::little) number = __builtin_bswap64(number);
    return number;
}

constexpr std::size_t whole_bytes = 7;

// The same in any order: two short terms that have the same are the same, and no long one has it.
std::uint64_t mark_of(std::string_view term) {
    constexpr std::uint8_t of_no_text = 0xFF;
    std::array<std::uint8_t, whole_bytes + 1> bytes{};
    std::memcpy(bytes.data(), term.data(), std::min(term.size(), bytes.size()));
    if (term.size() <= whole_bytes)
        bytes.back() = static_cast<std::uint8_t>(term.size());
    else if (bytes.back() <= whole_bytes)
        bytes.back() = of_no_text;
    return std::bit_cast<std::uint64_t>(bytes);
}

std::uint32_t hash_of(std::string_view term) {
    return static_cast<std::uint32_t>(::XXH3_64bits(term.data(), term.size()));
}

}  // namespace

void TermTable::expect(std::string_view term) const {
    if (!places_.empty()) __builtin_prefetch(&places_[hash_of(term) & (places_.size() - 1)]);
}

std::uint32_t TermTable::number_of(std::string_view term) {
    if (terms_.size() * 2 >= places_.size()) grow();
    const std::uint32_t hash = hash_of(term);
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
