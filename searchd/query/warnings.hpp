// What a query's author is told about the reading of the query, and what of it was left out.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::query {

enum class Trouble : std::uint8_t {
    unclosed_quote,
    unmatched_parenthesis,
    deep_parentheses,
    many_words,
    many_prefixes,
    short_prefix,
    stray_star,
    stray_minus,
    stray_operator,
    headline,
    near_without_words,
    wide_near,
    many_near,
    near_without_number,
    field_without_value,
    bad_date,
    backwards_date,
    long_text,
    many_dates,
    many_beginnings,
    many_forms,
    many_unknown,
    no_time,
    count,
};

// One sentence for each kind of trouble: the first case stands for all, so that a megabyte of
// parentheses is one warning.
class Warnings {
  public:
    void add(Trouble trouble, std::string_view about);
    bool told(Trouble trouble) const { return told_.test(static_cast<std::size_t>(trouble)); }
    std::vector<std::string> take() { return std::move(sentences_); }

  private:
    std::bitset<static_cast<std::size_t>(Trouble::count)> told_;
    std::vector<std::string> sentences_;
};

}  // namespace izde::query
