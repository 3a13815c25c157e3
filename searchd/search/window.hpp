// Which part of a text a snippet shows.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "izde/text/scan.hpp"

#include "query/wanted.hpp"
#include "search/matching.hpp"

namespace izde::search {

struct Window {
    text::Span span;
    bool splits_word = false;  // only a word that is wider than the window by itself
};

// The most weight of distinct units first, then places behind `told`, then units close together, then
// the start of a sentence, then the earliest place. `utf8` must be valid, without white space at its
// ends; `scanned` is what text::scan made of it, and `matches` were found in that. What stands before
// `told` is known to the reader, and is only shown where nothing behind it is as good.
Window choose_window(std::string_view utf8, const text::Scanned& scanned, std::span<const Match> matches,
                     const query::Wanted& wanted, std::size_t width, std::size_t told);

}  // namespace izde::search
