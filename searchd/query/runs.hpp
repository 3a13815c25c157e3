// Queries in scripts without spaces: which parts of a run of characters a document must have.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "query/lookup.hpp"

namespace izde::query {

// Up to four characters are a name or a word and must stand as they were typed. A longer run, one
// with grammar in it that stands `beside` other words, and one that touches digits or letters is
// taken apart by the dictionary: its words are required, and it scores by all its pairs of
// characters, since a dictionary knows few names and other texts are cut otherwise.
//
// `run` are the tokens of one run of `text`.
std::vector<Unit> units_of_run(const Tokens& run, std::string_view text, bool beside, const Lookup& lookup,
                               std::optional<index::Field> in);

// A number and the single characters that touch it are one phrase: 3月27日, 第33届, 2022年. `units` in
// the order they were typed.
std::vector<Unit> with_numbers_joined(std::vector<Unit> units, const Lookup& lookup,
                                      std::optional<index::Field> in);

}  // namespace izde::query
