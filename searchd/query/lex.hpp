// Cuts what was typed into words, phrases and signs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "query/parse.hpp"
#include "query/warnings.hpp"

namespace izde::query {

enum class LexemeKind : std::uint8_t {
    word,
    exact,
    begins,
    quoted,  // may be empty
    open,
    close,
    minus,  // stands directly before what it excludes
    field,  // stands directly before its value
    either,
    both,
    without,
    near,
};

struct Lexeme {
    LexemeKind kind;
    std::uint32_t window = 0;  // of near
    std::string_view text;     // of the typed text, without signs; a field's name as typed
    bool printed = false;      // of quoted: not in straight quotes
};

// `typed` must be valid UTF-8 and outlive the lexemes. Linear.
std::vector<Lexeme> lex(std::string_view typed, const Limits& limits, Warnings& warnings);

// OR, AND, NOT, NEAR or NEAR/5, which are only words where they have nothing to stand between.
bool reads_as_operator(std::string_view word);

// The known field named at the beginning of `text` if a value for it follows at once, in lower
// case; empty if not.
struct FieldPrefix {
    std::string_view name;
    std::size_t bytes = 0;  // with the colon
};
FieldPrefix field_prefix(std::string_view text);

}  // namespace izde::query
