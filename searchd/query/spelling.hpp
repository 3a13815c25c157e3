// Words that were typed wrong, by the vocabulary of the index that is asked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/near.hpp"

#include "query/lookup.hpp"
#include "query/parse.hpp"
#include "query/variants.hpp"

namespace izde::query {

struct Correction {
    std::string typed;  // as text::Token::exact
    std::string meant;  // as the index spells it, without case
    bool taken = true;  // whether it is looked for; else it is only asked about
};

// Words of one query that may be corrected; the first ones are.
inline constexpr std::size_t most_corrections = 4;

// Whether a word without digits that the index lacks is looked for as its nearest neighbour unasked: of five
// letters or more with one edit; with two if it is long, or they are likely ones; one that begins otherwise
// only with one that is likely (another key, a letter that sounds alike).
bool is_taken_for(std::string_view folded, std::string_view nearest, text::Neighbourhood::Distance distance);

// Gives units that the index has nothing of, in any language, form or spelling of a name, the forms of the
// word that was likely meant, which score below all else: a word of the index, or a name of the aliases
// that leads to one. Words that are not near enough for that are among the corrections as well. `expansions`
// says what names were widened by, and learns what is looked for instead. `variants` may be null.
std::vector<Correction> correct(std::vector<Unit>& units, const Lexicon& lexicon, Variants* variants,
                                std::vector<Expansion>& expansions);

// What else is worth asking, of words that correct() leaves alone: for those that are rare beside a
// neighbour one edit away; and, where the query found nothing, for those of phrases, `word*`, `=word`, OR
// and the fields of text that the index lacks.
std::vector<Correction> doubts(const Syntax& syntax, const Lexicon& lexicon, bool found_nothing);

// The query with words corrected, in the query language.
std::string respelt(const Syntax& syntax, const std::vector<Correction>& corrections);

}  // namespace izde::query
