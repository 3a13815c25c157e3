// Headlines pasted all in capitals: FED NOT EXPECTED TO TAKE ACTION -DEALERS. Their NOT is a word, and the
// minus before their last word a dash.
#pragma once

#include <string_view>
#include <vector>

#include "query/lex.hpp"
#include "query/warnings.hpp"

namespace izde::query {

// Turns the operators of a headline into words and drops its dash. One has no small letter, no other
// syntax, four words in capitals, and more than two words for each operator: NATO OR CSTO is none.
// Operators are English, so they are words between Latin letters only. AND does no harm as a word,
// so few words are enough: A AND P. Linear.
void read_headline(std::vector<Lexeme>& lexemes, Warnings& warnings);

// Whether read_headline() would change what is made of this query.
bool reads_as_headline(std::string_view written);

}  // namespace izde::query
