// Where in a text the wanted words stand.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "izde/text/token.hpp"

#include "query/wanted.hpp"

namespace izde::search {

struct Match {
    std::size_t unit = 0;       // its index in Wanted; the first one where several are equal
    text::Span span;            // over all matches of the unit that overlap here
    std::size_t first_end = 0;  // where the first of these ends
};

// Ascending by begin. The cost grows with the tokens and, beyond 64 wanted terms, slowly with these.
std::vector<Match> find_matches(std::span<const text::Token> tokens, const query::Wanted& wanted);

}  // namespace izde::search
