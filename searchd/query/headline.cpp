// Tested by parse_test.cpp.
#include "query/headline.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "izde/text/letters.hpp"

#include "query/characters.hpp"

namespace izde::query {
namespace {

using Lexemes = std::vector<Lexeme>;

constexpr std::size_t fewest_words = 4;

bool is_operator(LexemeKind kind) {
    return kind == LexemeKind::either || kind == LexemeKind::both || kind == LexemeKind::without ||
           kind == LexemeKind::near;
}

// NEAR/5 is no word.
bool may_be_word(const Lexeme& lexeme) {
    return is_operator(lexeme.kind) && lexeme.text.find('/') == std::string_view::npos;
}

// Twice, because the capital of "A" alone is said to begin a word.
text::Capitals capitals_of(std::string_view word) {
    return text::capitals(std::string(word).append(word));
}

bool is_latin(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character_at(text, at);
        if (c.value >= 0x250 && is_wordlike(c.value)) return false;
        at += c.bytes;
    }
    return true;
}

bool ends_with_exclusion(const Lexemes& lexemes) {
    return lexemes.size() > 1 && lexemes.back().kind == LexemeKind::word &&
           lexemes[lexemes.size() - 2].kind == LexemeKind::minus;
}

// What a text must be read as; both false for any but a headline.
struct Reading {
    bool words = false;  // its operators are words
    bool dash = false;   // its last minus is a dash
};

Reading reading_of(const Lexemes& lexemes) {
    std::size_t words = 0, capitals = 0, operators = 0, ands = 0;
    bool latin = true;
    for (std::size_t i = 0; i < lexemes.size(); ++i) {
        const LexemeKind kind = lexemes[i].kind;
        if (may_be_word(lexemes[i])) {
            ++operators;
            if (kind == LexemeKind::both) ++ands;
            continue;
        }
        if (kind == LexemeKind::minus) continue;
        if (kind != LexemeKind::word && kind != LexemeKind::quoted) return {};
        const text::Capitals letters = capitals_of(lexemes[i].text);
        if (letters != text::Capitals::all && letters != text::Capitals::none) return {};
        latin = latin && is_latin(lexemes[i].text);
        if (kind != LexemeKind::word || (i > 0 && lexemes[i - 1].kind == LexemeKind::minus)) continue;
        ++words;
        if (letters == text::Capitals::all) ++capitals;
    }
    const bool headline = capitals >= fewest_words && words > 2 * operators;
    const bool harmless = capitals >= 2 && ands == operators;
    return {operators > 0 && latin && (headline || harmless), headline && ends_with_exclusion(lexemes)};
}

}  // namespace

void read_headline(Lexemes& lexemes, Warnings& warnings) {
    const Reading reading = reading_of(lexemes);
    if (reading.words)
        for (Lexeme& lexeme : lexemes) {
            if (!may_be_word(lexeme)) continue;
            if (lexeme.kind != LexemeKind::both) warnings.add(Trouble::headline, lexeme.text);
            lexeme.kind = LexemeKind::word;
        }
    if (reading.dash) {
        warnings.add(Trouble::headline, lexemes.back().text);
        lexemes.erase(lexemes.end() - 2);
    }
}

bool reads_as_headline(std::string_view written) {
    constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
    Warnings ignored;
    const Reading reading = reading_of(lex(
        written, {.words = unlimited, .depth = unlimited, .prefixes = unlimited, .phrase_bytes = unlimited},
        ignored));
    return reading.words || reading.dash;
}

}  // namespace izde::query
