// The one way from text to tokens. Documents, queries and snippets all go through here and
// nowhere else; that is what makes a word that was indexed findable and a word that was found
// highlightable.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::text {

// Splits text into words and reduces each to what the index knows it by.
//
// `lang` is a code of language.hpp, the language of the whole; a long paragraph that is clearly in
// another one is read by that one's rules. Invalid UTF-8 is read as U+FFFD and never fails; cost is
// linear in the bytes. A word longer than the index can hold is cut at max_token_bytes. Spans are
// ascending by begin, not empty, inside the text and on code-point borders. May be called from any
// thread.
std::vector<Token> analyze(std::string_view utf8, std::string_view lang);

// The same tokens, some hundreds at a time and in their order, so that a long text takes little memory:
// about as much as the text, or five times as much where each character is a token. Who takes them so asks
// for their spellings: Token::folded is empty.
using TakeTokens = std::function<void(std::span<const Token> tokens)>;
void analyze(std::string_view utf8, std::string_view lang, const TakeTokens& take);

// What Token::folded is to Token::exact.
std::string without_accents(std::string_view exact);

// Bytes of a token's spellings, and of a stem, at most.
inline constexpr std::size_t max_token_bytes = 64;

// The words a dictionary sees in a run of a script without spaces, one after the other. What it sees
// depends on the neighbours, so nothing in the index is built on it; it tells which parts of a long
// query belong together.
std::vector<Span> dictionary_words(std::string_view run);

// Names the rules of analysis and stemming: two programs with equal fingerprints produce equal
// tokens and stems. The index remembers it, and a reader with another one refuses to open.
std::string fingerprint();

}  // namespace izde::text
