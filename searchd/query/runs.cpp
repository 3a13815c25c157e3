// Tested by resolve_test.cpp; the weights are chosen on the test collections (docs/text.md).
#include "query/runs.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "izde/text/analyze.hpp"

namespace izde::query {
namespace {

using index::Field;

constexpr std::size_t whole_run = 4;

// What pairs count inside a word of the dictionary, across its borders, and there beside a word of
// grammar; and what single characters add.
constexpr double pair_factor = 1.0;
constexpr double border_factor = 0.4;
constexpr double grammar_factor = 0.1;
constexpr double character_factor = 0.6;

constexpr double number_factor = 0.5;

constexpr double pair_wanted = 0.2;

struct Character {
    text::Token token;
    text::Token pair;  // with the next one; empty for the last
    bool starts_word = false;
    bool grammar = false;  // its word carries only grammar
};

using Characters = std::vector<Character>;

bool touches_word(std::string_view text, const Tokens& run) {
    const auto is_plain = [&](std::size_t at) {
        const char c = text[at];
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const std::size_t begin = run.front().span.begin, end = run.back().span.end;
    return (begin > 0 && is_plain(begin - 1)) || (end < text.size() && is_plain(end));
}

Characters characters_of(const Tokens& run, std::string_view text, const Lookup& lookup) {
    const std::size_t begin = run.front().span.begin;
    const auto words = text::dictionary_words(text.substr(begin, run.back().span.end - begin));
    Characters characters;
    for (const text::Token& token : run) {
        if (token.kind == text::TokenKind::pair && !characters.empty())
            characters.back().pair = token;
        else
            characters.push_back({token, {}, false, false});
    }
    for (const text::Span word : words) {
        std::string folded;
        for (const Character& one : characters) {
            const std::size_t at = one.token.span.begin - begin;
            if (at >= word.begin && at < word.end) folded += one.token.folded;
        }
        const bool grammar = lookup.is_stop_word(folded);
        for (Character& one : characters) {
            const std::size_t at = one.token.span.begin - begin;
            if (at >= word.begin && at < word.end) one.grammar = grammar;
            one.starts_word |= at == word.begin;
        }
    }
    return characters;
}

// The dictionary's words; single characters in a row are joined, since names fall apart into these.
std::vector<Characters> pieces_of(const Characters& characters) {
    std::vector<Characters> words;
    for (const Character& one : characters) {
        if (one.starts_word || words.empty()) words.emplace_back();
        words.back().push_back(one);
    }
    std::vector<Characters> pieces;
    bool after_single = false;
    for (Characters& word : words) {
        const bool single = word.size() == 1 && !word.front().grammar;
        if (single && after_single)
            pieces.back().push_back(word.front());
        else
            pieces.push_back(std::move(word));
        after_single = single;
    }
    return pieces;
}

Unit unit_of(const Characters& piece, const Lookup& lookup, std::optional<Field> in) {
    Tokens tokens;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        tokens.push_back(piece[i].token);
        if (i + 1 < piece.size()) tokens.push_back(piece[i].pair);
    }
    const Spellings words = lookup.spelt(chain(tokens));
    Unit unit;
    unit.tokens = std::move(tokens);
    unit.stop = std::ranges::all_of(piece, &Character::grammar);
    unit.query = to_query({words, in});
    unit.wanted.push_back(to_wanted(words));
    return unit;
}

index::Query scaled(const std::string& exact, double factor, std::optional<Field> in) {
    return {index::Scaled{{index::Query{index::Word{{{{exact}, 1.0}}, in}}}, factor}};
}

// What a document scores by, whichever of the words it has.
void add_scores(const Characters& characters, std::optional<Field> in, Unit& unit) {
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const Character& one = characters[i];
        if (!one.grammar) unit.boost.push_back(scaled(one.token.exact, character_factor, in));
        if (i + 1 == characters.size()) break;
        const bool border = characters[i + 1].starts_word;
        const bool grammar = one.grammar || characters[i + 1].grammar;
        if (grammar && !border) continue;
        const double factor = grammar ? grammar_factor : border ? border_factor : pair_factor;
        unit.partial.push_back(scaled(one.pair.exact, factor, in));
        unit.wanted.push_back({{{{one.pair.exact}, {}}}, pair_wanted});
    }
}

bool is_number(const Unit& unit) {
    return unit.tokens.front().kind == text::TokenKind::word && unit.tokens.front().folded.front() >= '0' &&
           unit.tokens.front().folded.front() <= '9';
}

bool is_year(const Unit& unit) {
    return unit.tokens.size() == 1 && is_number(unit) && unit.tokens.front().folded.size() == 4;
}

bool is_character(const Unit& unit) {
    return unit.tokens.size() == 1 && unit.tokens.front().kind == text::TokenKind::character && !unit.stop;
}

void join(Unit& unit, Unit&& next, const Lookup& lookup, std::optional<Field> in) {
    // A year may stand without its sign elsewhere.
    for (const Unit* one : {&unit, &next})
        if (is_year(*one)) unit.partial.push_back({index::Scaled{{one->query}, number_factor}});
    std::ranges::move(next.tokens, std::back_inserter(unit.tokens));
    std::ranges::move(next.partial, std::back_inserter(unit.partial));
    std::ranges::move(next.boost, std::back_inserter(unit.boost));
    const Spellings words = lookup.spelt(chain(unit.tokens));
    unit.query = to_query({words, in});
    unit.weighs = true;
    unit.wanted = {to_wanted(words)};
}

}  // namespace

std::vector<Unit> with_numbers_joined(std::vector<Unit> units, const Lookup& lookup,
                                      std::optional<Field> in) {
    std::vector<Unit> joined;
    bool open = false;  // whether the last one is a number with its characters, or may become one
    for (Unit& unit : units) {
        const bool touches =
            !joined.empty() && joined.back().tokens.back().span.end == unit.tokens.front().span.begin;
        const bool number = is_number(unit), character = is_character(unit);
        const bool fits =
            touches && ((open && (number || character)) || (number && is_character(joined.back())));
        if (fits)
            join(joined.back(), std::move(unit), lookup, in);
        else
            joined.push_back(std::move(unit));
        open = fits || number;
    }
    return joined;
}

std::vector<Unit> units_of_run(const Tokens& run, std::string_view text, bool beside, const Lookup& lookup,
                               std::optional<Field> in) {
    const Characters characters = characters_of(run, text, lookup);
    const bool grammar = std::ranges::any_of(characters, &Character::grammar);
    if (characters.size() <= whole_run && !touches_word(text, run) && !(grammar && beside))
        return {unit_of(characters, lookup, in)};
    std::vector<Unit> units;
    for (const Characters& piece : pieces_of(characters)) units.push_back(unit_of(piece, lookup, in));
    if (units.size() < 2) return units;
    for (Unit& unit : units) unit.weighs = false;
    const auto bearer = std::ranges::find(units, false, &Unit::stop);
    add_scores(characters, in, bearer == units.end() ? units.front() : *bearer);
    return units;
}

}  // namespace izde::query
