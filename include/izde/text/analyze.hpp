// The one way from text to tokens. Documents, queries and snippets all go through here and
// nowhere else; that is what makes a word that was indexed findable and a word that was found
// highlightable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::text {

// Splits text into words and reduces each to what the index knows it by.
//
// `lang` is a code of language.hpp; it chooses the stemmer (none for "und"). Invalid UTF-8 is
// read as U+FFFD and never fails; cost is linear in the bytes. A word longer than the index can
// hold is cut at max_token_bytes. Spans are ascending by begin, not empty, inside the text and on
// code-point borders. May be called from any thread.
std::vector<Token> analyze(std::string_view utf8, std::string_view lang);

// Bytes of folded (and stem) that a token keeps at most.
inline constexpr std::size_t max_token_bytes = 64;

// Names the rules above: two programs with equal fingerprints produce equal tokens. The index
// remembers it, and a reader with another one refuses to open.
std::string fingerprint();

}  // namespace izde::text
