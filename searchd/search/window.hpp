// Which part of a text a snippet shows.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "izde/text/scan.hpp"

#include "query/wanted.hpp"
#include "search/matching.hpp"

namespace izde::search {

// What a unit counts, in whole numbers, so that equal windows stay equal however often weights came and went.
std::int64_t thousandths(const query::WantedUnit& unit);

// How good a window is; less is better.
struct Rank {
    std::int64_t missing_weight = 0;  // the weight of its units, below 0
    bool told = false;
    std::size_t apart = 0;  // columns between its first and its last wanted word
    auto operator<=>(const Rank&) const = default;
};

struct Window {
    text::Span span;
    bool splits_word = false;  // only a word that is wider than the window by itself
    Rank rank = {};
};

// A text, or a part of one that lies between borders of text::scan.
struct Part {
    std::string_view utf8;
    bool begins = true, ends = true;  // as the text does
};

// The most weight of distinct units first, then places behind `told`, then units close together, then
// the start of a sentence, then the earliest place. The part must be valid, without white space at its
// ends; `scanned` is what text::scan made of it, and `matches` were found in that. What stands before
// `told` is known to the reader, and is only shown where nothing behind it is as good.
Window choose_window(const Part& part, const text::Scanned& scanned, std::span<const Match> matches,
                     const query::Wanted& wanted, std::size_t width, std::size_t told);

}  // namespace izde::search
