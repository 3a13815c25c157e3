// The table of fields: what each kind of term begins with, which slot holds what. The only magic
// letters in the project; FORMAT.md explains them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/index/query.hpp"

namespace izde::index::schema {

// Value slots.
inline constexpr std::uint32_t first_day = 0;  // "20220101": the first day the date can mean
inline constexpr std::uint32_t last_day = 1;   // "20221231": the last
inline constexpr std::uint32_t oldness =
    2;  // nines' complement of first_day, so that undated documents sort last
inline constexpr std::uint32_t group_slot = 3;  // the leader's id; nothing for a document like no other
inline constexpr std::uint32_t lead_slot = 4;  // ascending: the leader of a group, then by date, then undated
inline constexpr std::uint32_t lang_slot = 5;  // facet_slot_value() here and in what follows
inline constexpr std::uint32_t source_slot = 6;
inline constexpr std::uint32_t author_slot = 7;
inline constexpr std::uint32_t place_slot = 8;
inline constexpr std::uint32_t format_slot = 9;
inline constexpr std::uint32_t seen_slot = 10;  // seen_order()

// A title's words count this often in the whole document; those of a first line, which may be a
// caption as well, less.
inline constexpr std::uint32_t title_weight = 3;
inline constexpr std::uint32_t first_line_weight = 2;

// Where nothing gave a document its title, what it begins with says what it is about.
inline constexpr std::uint32_t lead_words = 30;
inline constexpr std::uint32_t lead_weight = 2;

// Positions of the body start this far behind the title, and those of a piece of furniture behind
// the one before, so that no phrase spans both.
inline constexpr std::uint32_t body_gap = 100;

// Terms; without `in` those of title and body.
std::string exact_term(std::string_view exact, std::optional<Field> in);
// The same, either `exact` itself or made in `buffer`.
std::string_view exact_term(std::string_view exact, std::optional<Field> in, std::string& buffer);
std::string id_term(std::string_view id);
std::string facet_term(Facet facet, std::string_view key);
std::string facet_word_term(Facet facet, std::string_view word);
std::string title_term(std::string_view title);  // of the whole title; empty where it has no words
std::string group_term(std::string_view group);
inline constexpr const char* undated_term = "XU";
std::string year_term(std::string_view year);      // of each document whose date says at least that
inline constexpr const char* grouped_term = "XG";  // the document is one of a group

// What a facet's value is compared as; long values are cut. Empty for an empty value.
std::string facet_key(std::string_view value);

// One of the values a document has of a facet.
struct FacetValue {
    std::string key, shown;  // as it is compared; as it is spelt, on one line, at most 200 bytes
};

// "Assel, Aigul" are two authors; any other facet's value is one. None without a key.
std::vector<FacetValue> facet_values(Facet facet, std::string_view value);

// The values in a slot and back.
std::string facet_slot_value(const std::vector<FacetValue>& values);
std::vector<FacetValue> read_facet_slot(std::string_view slot);

// "2022-01" → {"20220101", "20220131"}; empty strings for what is no date.
struct Days {
    std::string first, last;
};
Days days_of(std::string_view date);
std::string complement(std::string_view digits);

// Four bytes that sort as the numbers do.
std::string in_bytes(std::uint32_t number);

// What is in seen_slot: when it was first seen, then its first day. Descending, the documents of one run
// stand with the newest first and the undated last.
std::string seen_order(const Document& document);

// What is in lead_slot.
std::string lead_order(const Document& document);

}  // namespace izde::index::schema
