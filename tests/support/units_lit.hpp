// How much of what was wanted a snippet shows.
#pragma once

#include <cstddef>
#include <set>
#include <string_view>

#include "izde/text/scan.hpp"

#include "search/matching.hpp"
#include "search/snippet.hpp"

namespace izde::tests {

inline std::size_t units_lit(const search::Marked& marked, std::string_view lang,
                             const search::Finder& finder) {
    const text::Scanned scanned = text::scan(marked.text, lang, finder.sieve());
    std::set<std::size_t> units;
    for (const search::Match& match : finder.find(scanned.tokens)) units.insert(match.unit);
    return units.size();
}

}  // namespace izde::tests
