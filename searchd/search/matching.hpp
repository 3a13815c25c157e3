// Where in a text the wanted words stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "izde/text/scan.hpp"
#include "izde/text/token.hpp"

#include "query/wanted.hpp"

namespace izde::search {

struct Match {
    std::size_t unit = 0;       // its index in Wanted; the first one where several are equal
    text::Span span;            // over all matches of the unit that overlap here
    std::size_t first_end = 0;  // where the first of these ends
    std::size_t first_token = 0, last_token = 0;  // of the first of these
};

// The wanted words, made ready for text after text. `wanted` must outlive it; any thread may call.
class Finder {
  public:
    Finder(const query::Wanted& wanted);

    const query::Wanted& wanted() const { return *wanted_; }

    // Which of the wanted units are looked for: no equal ones, and none that could match nothing or
    // everything.
    const std::vector<std::size_t>& units() const { return units_; }

    // Lets through the tokens that find() needs to see.
    const text::Sieve& sieve() const { return sieve_; }

    // Ascending by begin. The cost grows with the tokens and, beyond 64 wanted terms, slowly with these.
    std::vector<Match> find(std::span<const text::Token> tokens) const;

  private:
    friend class Search;
    using Bits = std::vector<std::uint64_t>;  // one for each term
    using Table = std::unordered_map<std::string_view, Bits>;

    void learn(const query::WantedTerm& term, std::size_t bit);
    bool look_up(const text::Token& token, Bits& found) const;

    const query::Wanted* wanted_;
    std::vector<std::size_t> units_;
    text::Sieve sieve_;
    Table forms_, prefixes_;
    std::set<std::size_t> prefix_lengths_;
    std::vector<std::size_t> unit_of_bit_;
    Bits starts_, ends_;  // the first and last terms of units
};

}  // namespace izde::search
