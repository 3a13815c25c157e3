// The table of fields: what each kind of term begins with, which slot holds what. The only magic
// letters in the project; FORMAT.md explains them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "izde/index/document.hpp"
#include "izde/index/query.hpp"

namespace izde::index::schema {

// Value slots.
inline constexpr std::uint32_t first_day = 0;  // "20220101": the first day the date can mean
inline constexpr std::uint32_t last_day = 1;   // "20221231": the last
inline constexpr std::uint32_t oldness =
    2;  // nines' complement of first_day, so that undated documents sort last

// A title's words count this often in the whole document; those of a first line, which may be a
// caption as well, less.
inline constexpr std::uint32_t title_weight = 3;
inline constexpr std::uint32_t first_line_weight = 2;

// Where nothing gave a document its title, what it begins with says what it is about.
inline constexpr std::uint32_t lead_words = 30;
inline constexpr std::uint32_t lead_weight = 2;

// Positions of the body start this far behind the title, so that no phrase spans both.
inline constexpr std::uint32_t body_gap = 100;

// Terms; `in` chooses the title alone.
std::string exact_term(std::string_view exact, std::optional<Field> in);
std::string id_term(std::string_view id);
std::string facet_term(Facet facet, std::string_view key);
std::string facet_word_term(Facet facet, std::string_view word);
inline constexpr const char* dated_term = "XD";

// What a facet's value is compared as; long values are cut. Empty for an empty value.
std::string facet_key(std::string_view value);

// "2022-01" → {"20220101", "20220131"}; empty strings for what is no date.
struct Days {
    std::string first, last;
};
Days days_of(std::string_view date);
std::string complement(std::string_view digits);

}  // namespace izde::index::schema
