#include "index/term_table.hpp"

#include <algorithm>
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

}  // namespace

std::uint32_t TermTable::number_of(std::string_view term) {
    if (terms_.size() * 2 >= places_.size()) grow();
    const auto hash = static_cast<std::uint32_t>(::XXH3_64bits(term.data(), term.size()));
    const std::size_t mask = places_.size() - 1;
    std::size_t at = hash & mask;
    for (; places_[at] != 0; at = (at + 1) & mask) {
        const std::uint32_t number = places_[at] - 1;
        if (terms_[number].hash == hash && this->term(number) == term) return number;
    }
    terms_.push_back({bytes_.size(), static_cast<std::uint32_t>(term.size()), hash});
    bytes_ += term;
    places_[at] = size();
    return size() - 1;
}

void TermTable::grow() {
    places_.assign(std::max(least_places, places_.size() * 2), 0);
    const std::size_t mask = places_.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
        std::size_t at = terms_[number].hash & mask;
        while (places_[at] != 0) at = (at + 1) & mask;
        places_[at] = number + 1;
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
