#include "query/lookup.hpp"

#include <algorithm>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

namespace izde::query {
namespace {

using index::Field;

// Spellings of one word that a phrase looks for at a place.
constexpr std::size_t max_spellings = 8;

// What the spelling as it was typed, and that without regard to accents, add to any form's score.
constexpr double exact_weight = 0.25;
constexpr double spelling_weight = 0.1;

// Words of other forms that begin alike make up for what stemmers do not know; they raise the score of
// what matches anyway.
constexpr double alike_weight = 0.5;
constexpr std::size_t alike_characters = 5;
constexpr std::size_t alike_words = 32;

// How much a snippet should try to show a word that carries only grammar.
constexpr double stop_wanted = 0.1;

constexpr std::size_t forms_in_any_case = 4;  // of each word of a long query

// Of the time for all of an answer, what may be spent before the search.
constexpr double part_of_time = 0.2;

void add_missing(std::vector<std::string>& to, std::vector<std::string> more) {
    for (std::string& one : more)
        if (std::ranges::find(to, one) == to.end()) to.push_back(std::move(one));
}

// Empty for shorter words and numbers.
std::string beginning_of(const std::string& folded) {
    if (folded.front() >= '0' && folded.front() <= '9') return {};
    std::size_t characters = 0;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(folded[at]) & 0xC0) != 0x80;
        if (begins && characters++ == alike_characters) return folded.substr(0, at);
    }
    return characters < alike_characters ? std::string() : folded;
}

}  // namespace

std::vector<std::string> Lookup::spelt(const text::Token& token) const {
    std::vector<std::string> spellings;
    if (token.kind == text::TokenKind::word) spellings = lexicon_.vocabulary.spellings(token.folded);
    if (spellings.size() > max_spellings) {
        spellings.resize(max_spellings);
        tell(Trouble::many_forms, token.exact);
    }
    add_missing(spellings, {token.exact});
    return spellings;
}

Spellings Lookup::spelt(const Tokens& tokens) const {
    Spellings words;
    for (const text::Token& token : tokens) words.push_back(spelt(token));
    return words;
}

void Lookup::tell(Trouble trouble, std::string_view about) const {
    if (lexicon_.warnings != nullptr) lexicon_.warnings->add(trouble, about);
}

void Lookup::cut_forms(std::vector<std::string>& forms, std::string_view word) const {
    const std::size_t most = std::max(forms_in_any_case, forms_left_);
    if (forms.size() > most) {
        forms.resize(most);
        tell(Trouble::many_forms, word);
    }
    forms_left_ -= std::min(forms_left_, forms.size());
}

bool Lookup::is_out_of_time() const {
    const bool over = has_passed(lexicon_.deadline, part_of_time);
    if (over) tell(Trouble::no_time, {});
    return over;
}

bool Lookup::is_stop_word(std::string_view folded) const {
    return std::ranges::any_of(lexicon_.languages,
                               [&](const std::string& lang) { return text::is_stop_word(folded, lang); });
}

bool Lookup::carries_grammar(const text::Token& token) const {
    return std::ranges::any_of(lexicon_.languages, [&](const std::string& lang) {
        return text::may_be_word_of(token.exact, lang) && text::is_stop_word(token.folded, lang);
    });
}

std::vector<std::string> Lookup::forms(const text::Token& token) const {
    const auto known = lexicon_.forms.find(token.exact);
    return known != lexicon_.forms.end() ? known->second : forms(token, spelt(token));
}

const std::vector<std::string>& Lookup::forms(const text::Token& token,
                                              const std::vector<std::string>& spellings) const {
    const auto known = lexicon_.forms.find(token.exact);
    if (known != lexicon_.forms.end()) return known->second;
    return lexicon_.forms.emplace(token.exact, looked_up(token, spellings)).first->second;
}

std::vector<std::string> Lookup::looked_up(const text::Token& token,
                                           const std::vector<std::string>& spellings) const {
    constexpr char end = '\0';
    std::string name = token.exact + end + token.folded;
    for (const std::string& lang : lexicon_.languages) name.append(1, end).append(lang);
    auto& remembered = lexicon_.vocabulary.remembered();
    if (auto known = remembered.find(name)) return *std::move(known);
    bool all = true;
    std::vector<std::string> forms = with_stems_of(token, spellings, all);
    if (all) remembered.keep(name, forms);
    return forms;
}

// Whoever leaves out accents means all forms of what is spelt with them.
std::vector<std::string> Lookup::with_stems_of(const text::Token& token,
                                               const std::vector<std::string>& spellings, bool& all) const {
    std::vector<std::string> forms = spellings;
    for (const std::string& lang : lexicon_.languages) {
        if (!text::has_stemmer(lang) || !text::may_be_word_of(token.exact, lang)) continue;
        if (is_out_of_time()) {
            all = false;
            break;
        }
        const text::Stemmer stemmer(lang);
        for (const std::string& spelling : spellings) {
            std::vector<std::string> of_stem = lexicon_.vocabulary.forms(lang, stemmer.stem(spelling));
            const bool cut = of_stem.size() == index::Vocabulary::max_forms;
            if (cut) tell(Trouble::many_forms, token.exact);
            all = all && !cut;
            add_missing(forms, std::move(of_stem));
        }
    }
    return forms;
}

bool Lookup::has_parts(const text::Token& run) const {
    return std::ranges::all_of(text::analyze(run.exact, "und"), [&](const text::Token& part) {
        return part.kind == text::TokenKind::pair || lexicon_.vocabulary.find(part.exact);
    });
}

bool Lookup::is_known(const text::Token& token) const {
    if (token.kind != text::TokenKind::word) return has_parts(token);
    return std::ranges::any_of(
        forms(token), [&](const std::string& form) { return lexicon_.vocabulary.find(form).has_value(); });
}

std::vector<std::string> Lookup::known_forms(const text::Token& token) const {
    if (token.kind != text::TokenKind::word)
        return has_parts(token) ? std::vector{token.exact} : std::vector<std::string>();
    std::vector<std::string> known = forms(token);
    std::erase_if(known, [&](const std::string& form) { return !lexicon_.vocabulary.find(form); });
    return known;
}

Unit Lookup::word(const text::Token& token, std::optional<Field> in) const {
    Unit unit;
    unit.tokens = {token};
    unit.stop = carries_grammar(token);
    std::vector<std::string> spellings = spelt(token);
    std::vector<std::string> all = forms(token, spellings);
    cut_forms(all, token.exact);
    index::Word word{{{all, 1.0}, {{token.exact}, exact_weight}}, in};
    if (spellings.size() > 1) word.tiers.push_back({std::move(spellings), spelling_weight});
    unit.query = {std::move(word)};
    if (std::string begins = beginning_of(token.folded); !unit.stop && !begins.empty())
        unit.boost.push_back(
            {index::Scaled{{index::Query{index::Prefix{std::move(begins), in, alike_words}}}, alike_weight}});
    unit.wanted.push_back({{{std::move(all), {}}}, unit.stop ? stop_wanted : 1.0});
    return unit;
}

index::Query required(const Unit& unit) {
    return unit.weighs ? unit.query : index::Query{index::Only{{unit.query}}};
}

Tokens chain(const Tokens& tokens) {
    Tokens links;
    for (const text::Token& token : tokens) {
        if (!links.empty() && links.back().position == token.position)
            links.back() = token;
        else
            links.push_back(token);
    }
    if (links.size() > 1 && links.back().kind == text::TokenKind::character &&
        links[links.size() - 2].kind == text::TokenKind::pair)
        links.pop_back();
    return links;
}

index::Query to_query(index::Phrase phrase) {
    if (phrase.words.size() == 1) return {index::Word{{{phrase.words.front(), 1.0}}, phrase.in}};
    return {std::move(phrase)};
}

WantedUnit to_wanted(const Spellings& words) {
    WantedUnit unit;
    for (const std::vector<std::string>& spellings : words) unit.terms.push_back({spellings, {}});
    return unit;
}

}  // namespace izde::query
