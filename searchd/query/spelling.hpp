// Words that were typed wrong, by the vocabulary of the index that is asked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/lookup.hpp"
#include "query/parse.hpp"
#include "query/variants.hpp"

namespace izde::query {

struct Correction {
    std::string typed;  // as text::Token::exact
    std::string meant;  // as the index spells it, without case
};

// Words of one query that may be corrected; the first ones are.
inline constexpr std::size_t most_corrections = 4;

// Whether a word without digits that the index lacks is looked for as its nearest neighbour unasked: of five
// or six letters with one edit, of seven or more also with two; one that begins otherwise with one.
bool is_taken_for(std::string_view folded, std::string_view nearest, std::size_t edits);

// Gives units that the index has nothing of, in any language, form or spelling of a name, the forms of the
// word that was likely meant, which score below all else: a word of the index, or a name of the aliases
// that leads to one. `expansions` says what names were widened by, and learns what is looked for instead.
// `variants` may be null.
std::vector<Correction> correct(std::vector<Unit>& units, const Lexicon& lexicon, Variants* variants,
                                std::vector<Expansion>& expansions);

// What is not looked for unasked but worth asking: for words that are rare beside a neighbour one edit
// away; and, where the query found nothing, for words of phrases, of `word*`, `=word`, OR and fields that
// the index lacks.
std::vector<Correction> doubts(const Syntax& syntax, const Lexicon& lexicon, bool found_nothing);

// The query with words corrected, in the query language.
std::string respelt(const Syntax& syntax, const std::vector<Correction>& corrections);

}  // namespace izde::query
