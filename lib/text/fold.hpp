// Takes from a word what people leave out or change when they type it.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// Without case, width, ligatures and invisible characters (Unicode's NFKC_Casefold); apostrophes
// of all kinds are "'", an English possessive is gone, ё is е; stress marks on Cyrillic and vowel
// marks on Arabic, which print leaves out, are gone; traditional Chinese characters are simplified ones.
// Accents are still there: this is what stemmers know. Turkish and Azerbaijani keep ı apart from i.
std::string fold_case(std::string_view word, std::string_view lang);

// Whether I is the capital of ı there, and that of i is İ.
bool has_dotless_i(std::string_view lang);

// Without accents on Latin and Greek letters. Letters of other scripts that only look like base plus
// mark (й, ї, қ, が) stay.
std::string fold_accents(std::string_view case_folded);

// Cuts a word that is longer than max_token_bytes at a character's border.
void cut_to_token(std::string& word);

}  // namespace izde::text
