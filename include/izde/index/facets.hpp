// How matches spread over the values of a facet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace izde::index {

// What matches can be counted by.
enum class Breakdown : std::uint8_t { lang, source, author, place, format, year, month };

struct FacetCount {
    std::string value;  // spelt as most of these documents do; "2022" of a year, "2022-01" of a month
    std::uint64_t count = 0;
    friend bool operator==(const FacetCount&, const FacetCount&) = default;
};

// Spellings that differ in case or accents only are one value, and each of several authors is one.
// Documents without a value (a month: those dated by year alone as well) are in none.
struct FacetCounts {
    static constexpr std::size_t most_values = 100;

    std::vector<FacetCount> values;  // the most frequent first, then by value
    std::uint64_t other = 0;         // the counts of the values left out, summed
    bool complete = true;            // else there were too many matches, or too little time, to look at all
};

}  // namespace izde::index
