// Tested by numbers_test.cpp.
#include "query/numbers.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "izde/text/analyze.hpp"

#include "query/characters.hpp"

namespace izde::query {
namespace {

using index::Field;
using Words = std::vector<std::string>;

constexpr std::size_t most_letters = 4;
constexpr std::size_t most_forms = 32;

// What a number and its letters count apart, for those who typed 30млрд, and how much a snippet should
// try to show them.
constexpr double part_factor = 0.5;
constexpr double part_wanted = 0.2;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The bytes of the number that a text begins with: 5, 16.6, 30,5; 0 if it begins with none.
std::size_t number_bytes(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_digit(text[at]))
            end = at + 1;
        else if (at != end || at == 0 || (text[at] != '.' && text[at] != ','))
            break;
    }
    return end;
}

bool is_number(std::string_view text) {
    return !text.empty() && number_bytes(text) == text.size();
}

// One to four letters and nothing else.
bool is_short_word(std::string_view text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size() && letters <= most_letters; ++letters) {
        const Character c = character_at(text, at);
        if (is_digit(text[at]) || !is_wordlike(c.value)) return false;
        at += c.bytes;
    }
    return letters > 0 && letters <= most_letters;
}

// A folded word as a number and what is written to it.
struct Glued {
    bool v = false;
    std::string number, letters;  // only one with v; no number if the word is none such
};

Glued taken_apart(const std::string& folded) {
    const std::size_t bytes = number_bytes(folded);
    const std::string rest = folded.substr(bytes);
    if (bytes > 0 && (rest.empty() || is_short_word(rest))) return {false, folded.substr(0, bytes), rest};
    if (folded.front() == 'v' && is_number(std::string_view(folded).substr(1)))
        return {true, folded.substr(1), {}};
    return {};
}

void add(Words& to, Words more) {
    for (std::string& one : more)
        if (to.size() < most_forms && std::ranges::find(to, one) == to.end()) to.push_back(std::move(one));
}

// Letters stand behind digits, points and commas in the order of the words.
Words with_letters(const std::string& number, const index::Vocabulary& vocabulary) {
    Words words = vocabulary.between(number + "a", number + "\xFF", most_forms * 4);
    std::erase_if(words, [&](const std::string& word) {
        return !is_short_word(text::without_accents(word).substr(number.size()));
    });
    return words;
}

// 16.6.0 of 16.6.
Words parts_of_version(const std::string& version, const index::Vocabulary& vocabulary) {
    Words words = vocabulary.between(version + ".", version + "/", most_forms);
    std::erase_if(words, [&](const std::string& word) {
        return !is_number(word.substr(version.find_first_of("0123456789")));
    });
    return words;
}

Words versions(const std::string& number, const index::Vocabulary& vocabulary) {
    Words words;
    if (number.find('.') == std::string::npos) return words;
    for (const std::string& version : {number, "v" + number}) {
        add(words, vocabulary.spellings(version));
        add(words, parts_of_version(version, vocabulary));
    }
    return words;
}

void also(Unit& unit, const Words& forms, const Lookup& lookup) {
    auto* const word = std::get_if<index::Word>(&unit.query.node);
    if (word == nullptr || forms.empty()) return;
    if (word->tiers.front().forms.size() + forms.size() > most_forms)
        lookup.tell(Trouble::many_forms, unit.tokens.front().exact);
    add(word->tiers.front().forms, forms);
    if (!unit.wanted.empty() && unit.wanted.front().terms.size() == 1)
        add(unit.wanted.front().terms.front().forms, forms);
}

Words forms_of(const std::string& text, const Lookup& lookup) {
    const Tokens tokens = text::analyze(text, "und");
    return tokens.empty() ? Words() : lookup.forms(tokens.front());
}

// Where no text has both in a row, one that has both will do, and a year without its letters.
void add_parts(Unit& unit, const Glued& glued, const Spellings& words, std::optional<Field> in) {
    index::AllOf both;
    for (const Words& forms : words) {
        both.parts.push_back({index::Word{{{forms, 1.0}}, in}});
        unit.wanted.push_back({{{forms, {}}}, part_wanted});
    }
    const bool year = glued.number.size() == 4 && glued.number.find_first_of(".,") == std::string::npos;
    if (year) unit.partial.push_back({index::Scaled{{both.parts.front()}, part_factor}});
    unit.partial.push_back({index::Scaled{{{std::move(both)}}, part_factor}});
}

// 5km: also 5 km.
void add_phrase(Unit& unit, const Glued& glued, const Lookup& lookup, std::optional<Field> in) {
    auto* const word = std::get_if<index::Word>(&unit.query.node);
    if (word == nullptr) return;
    const Spellings words{forms_of(glued.number, lookup), forms_of(glued.letters, lookup)};
    if (words[0].empty() || words[1].empty()) return;
    index::Same same{{{index::Word{{word->tiers.front()}, in}}, {index::Phrase{words, in}}}};
    index::AnyOf any{{{std::move(same)}}};
    word->tiers.erase(word->tiers.begin());
    if (!word->tiers.empty()) any.parts.push_back({std::move(*word)});
    unit.query = {std::move(any)};
    unit.wanted.push_back(to_wanted(words));
    add_parts(unit, glued, words, in);
}

bool is_word(const Unit& unit) {
    return unit.tokens.size() == 1 && unit.tokens.front().kind == text::TokenKind::word;
}

}  // namespace

std::vector<Unit> with_numbers_glued(std::vector<Unit> units, const Lookup& lookup, std::optional<Field> in) {
    const index::Vocabulary& vocabulary = lookup.vocabulary();
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!is_word(units[i])) continue;
        const Glued glued = taken_apart(units[i].tokens.front().folded);
        if (glued.number.empty()) continue;
        if (!glued.letters.empty()) {
            add_phrase(units[i], glued, lookup, in);
            continue;
        }
        also(units[i], versions(glued.number, vocabulary), lookup);
        if (glued.v) continue;
        also(units[i], with_letters(glued.number, vocabulary), lookup);
        if (i + 1 == units.size() || !is_word(units[i + 1])) continue;
        const std::string& next = units[i + 1].tokens.front().folded;
        if (is_short_word(next)) also(units[i + 1], vocabulary.spellings(glued.number + next), lookup);
    }
    return units;
}

}  // namespace izde::query
