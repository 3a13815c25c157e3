// What a query's author is told about the reading of the query, and what of it was left out.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::query {

// What the author of a query is told.
struct Warning {
    std::string_view code;  // which kind it is, static: other languages have their own sentence for it
    std::string about;      // what of the query it is about, of 40 characters at most; may be empty
    std::string text;       // an English sentence with `about` in it

    bool operator==(const Warning&) const = default;
};

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
    no_words,
    typed_date,
    no_phrase,
    no_match,
    count,
};

// Its code, as `Warning` has it: the name above.
std::string_view code_of(Trouble trouble);

// One warning for each kind of trouble: the first case stands for all, so that a megabyte of
// parentheses is one warning.
class Warnings {
  public:
    void add(Trouble trouble, std::string_view about);
    bool told(Trouble trouble) const { return told_.test(static_cast<std::size_t>(trouble)); }
    std::vector<Warning> take() { return std::move(warnings_); }

  private:
    std::bitset<static_cast<std::size_t>(Trouble::count)> told_;
    std::vector<Warning> warnings_;
};

}  // namespace izde::query
