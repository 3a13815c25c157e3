// Tested by spelling_test.cpp; docs/spelling.md tells what the bounds are worth.
#include "query/spelling.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "izde/names/keys.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/letters.hpp"
#include "izde/text/stem.hpp"
#include "izde/text/utf8.hpp"

namespace izde::query {
namespace {

using index::Vocabulary;

// What a corrected word counts; a variant of a name counts more.
constexpr double typo_factor = 0.3;

constexpr std::size_t shortest = 5;                   // letters of a word that is corrected
constexpr std::size_t shortest_for_two = 7;           // of one that two likely edits may lead to
constexpr std::size_t long_word = 9;                  // of one that any two may
constexpr double two_likely = 1.6, one_likely = 1.2;  // what these cost
constexpr std::size_t shortest_asked = 6;             // of one that two edits are asked for
constexpr std::size_t longest_ending = 3;             // letters of one that a word may have in the index
constexpr std::size_t most_bases = 4096;              // words looked at for it
constexpr std::uint64_t much_likelier = 50;  // times as frequent, to be asked for in place of a known word

bool may_be_misspelt(const text::Token& token) {
    const bool digits = std::ranges::any_of(token.exact, [](char c) { return c >= '0' && c <= '9'; });
    return token.kind == text::TokenKind::word && !digits &&
           text::count_code_points(token.folded) >= shortest;
}

bool begin_alike(std::string_view a, std::string_view b) {
    std::size_t same = 0;
    while (same < std::min(a.size(), b.size()) && a[same] == b[same]) ++same;
    return same > 1 || (same == 1 && static_cast<unsigned char>(a.front()) < 0x80);
}

using Distance = text::Neighbourhood::Distance;

struct Candidate {
    std::string meant;
    Distance distance;
};

std::optional<Candidate> nearest_word(const text::Token& token, const Lexicon& lexicon) {
    auto found = lexicon.vocabulary.near(
        token.folded, text::count_code_points(token.folded) < shortest_asked ? 1 : 2, 1, lexicon.deadline);
    if (found.empty()) return std::nullopt;
    return Candidate{std::move(found.front().word.exact), found.front().distance};
}

// What is left of a word without its last letters.
std::string_view without_last(std::string_view word, std::size_t letters) {
    for (; letters > 0 && !word.empty(); --letters)
        word = word.substr(0, text::code_point_begin(word, word.size() - 1));
    return word;
}

bool are_forms_of_one(const std::string& a, const std::string& b, const std::vector<std::string>& languages) {
    return std::ranges::any_of(languages, [&](const std::string& lang) {
        if (!text::has_stemmer(lang) || !text::may_be_word_of(b, lang)) return false;
        const text::Stemmer stemmer(lang);
        return stemmer.stem(a) == stemmer.stem(b);
    });
}

// A word that the index has with endings only: hedgehog, typed "hedghog", of hedgehogs.
std::optional<Candidate> nearest_base(const text::Token& token, const Lexicon& lexicon) {
    const text::Neighbourhood near(token.folded, 1);
    std::optional<Candidate> best;
    const std::string_view beginning = without_last(token.folded, text::count_code_points(token.folded) - 2);
    for (const std::string& word : lexicon.vocabulary.completions(beginning, most_bases))
        for (std::size_t ending = 1; ending <= longest_ending; ++ending) {
            const std::string_view base = without_last(word, ending);
            const auto distance = near.distance_to(base);
            if (!distance || (best && distance->cost >= best->distance.cost)) continue;
            if (are_forms_of_one(std::string(base), word, lexicon.languages))
                best = {std::string(base), *distance};
        }
    return best;
}

// Of the names of one word that an alias is spelt by.
std::optional<Candidate> nearest_name(const text::Token& token, const names::Aliases& aliases) {
    const text::Neighbourhood near(token.folded,
                                   text::count_code_points(token.folded) < shortest_for_two ? 1 : 2);
    std::optional<Candidate> best;
    for (const names::Group& group : aliases.groups())
        for (const names::Member& member : group.members) {
            if (member.words.size() != 1) continue;
            const std::string& name = member.words.front().forms.front();
            const auto distance = near.distance_to(name);
            if (distance && (!best || distance->cost < best->distance.cost)) best = {name, *distance};
        }
    return best;
}

bool is_taken(const text::Token& token, const std::optional<Candidate>& candidate) {
    return candidate && is_taken_for(token.folded, candidate->meant, candidate->distance);
}

// What was likely meant by a word that the index lacks.
std::optional<Correction> corrected(const text::Token& token, const Lexicon& lexicon) {
    auto best = nearest_word(token, lexicon);
    if (lexicon.aliases != nullptr && (!is_taken(token, best) || best->distance.edits > 1)) {
        auto name = nearest_name(token, *lexicon.aliases);
        if (is_taken(token, name) && (!is_taken(token, best) || name->distance.edits < best->distance.edits))
            best = std::move(name);
    }
    if (!is_taken(token, best))
        if (auto base = nearest_base(token, lexicon)) best = std::move(base);
    if (!best) return std::nullopt;
    const bool taken = is_taken(token, best);
    return Correction{token.exact, std::move(best->meant), taken};
}

// Nothing of its own stays: no document has the word, nor one that begins like it.
void replace(Unit& unit, Unit meant) {
    unit.query = {index::Scaled{{required(meant)}, typo_factor}};
    unit.weighs = true;
    unit.partial.clear();
    for (const index::Query& partial : meant.partial)
        unit.partial.push_back({index::Scaled{{partial}, typo_factor}});
    unit.boost.clear();
    for (const index::Query& boost : meant.boost) unit.boost.push_back({index::Scaled{{boost}, typo_factor}});
    unit.wanted = std::move(meant.wanted);
    unit.stop = meant.stop;
}

std::uint64_t occurrences(const std::vector<std::string>& forms, const Vocabulary& vocabulary) {
    std::uint64_t sum = 0;
    for (const std::string& form : forms)
        if (const auto word = vocabulary.find(form)) sum += word->occurrences;
    return sum;
}

bool are_namesakes(const std::string& a, const std::string& b) {
    const auto others = names::name_keys(b);
    return std::ranges::any_of(names::name_keys(a), [&](const std::string& key) {
        return std::ranges::find(others, key) != others.end();
    });
}

// What a word that the index has was perhaps meant to be.
std::optional<Correction> likelier(const text::Token& token, const std::vector<std::string>& forms,
                                   const Lookup& lookup) {
    const std::uint64_t own = occurrences(forms, lookup.vocabulary());
    for (const auto& near : lookup.vocabulary().near(token.folded, 1, 4)) {
        const bool form = std::ranges::find(forms, near.word.exact) != forms.end();
        if (form || near.word.occurrences < much_likelier * std::max<std::uint64_t>(1, own)) continue;
        if (!begin_alike(token.folded, near.word.exact)) continue;
        if (near.word.name && are_namesakes(token.exact, near.word.exact)) continue;
        return Correction{token.exact, near.word.exact};
    }
    return std::nullopt;
}

// Each text of the tree: the words at the top, which are looked for in all forms, and all others.
template <class Visit>
void each_text(Syntax& syntax, bool top, const Visit& visit) {
    if (auto* word = std::get_if<Word>(&syntax.node)) visit(word->text, top);
    if (auto* exact = std::get_if<Exact>(&syntax.node)) visit(exact->text, false);
    if (auto* begins = std::get_if<Begins>(&syntax.node)) visit(begins->text, false);
    if (auto* quoted = std::get_if<Quoted>(&syntax.node)) visit(quoted->text, false);
    if (auto* near = std::get_if<Near>(&syntax.node))
        for (std::string& word : near->words) visit(word, false);
    if (auto* any = std::get_if<Any>(&syntax.node))
        for (Syntax& part : any->of) each_text(part, false, visit);
    if (auto* scoped = std::get_if<Scoped>(&syntax.node))
        for (Syntax& part : scoped->of)
            if (scoped->field == "title" || scoped->field == "boilerplate") each_text(part, false, visit);
    if (auto* all = std::get_if<All>(&syntax.node)) {
        for (Syntax& part : all->of) each_text(part, top && std::holds_alternative<Word>(part.node), visit);
    }
}

std::string with_words_replaced(const std::string& text, const std::vector<Correction>& corrections) {
    std::string result;
    std::size_t at = 0;
    for (const text::Token& token : text::analyze(text, "und")) {
        const auto found = std::ranges::find(corrections, token.exact, &Correction::typed);
        if (found == corrections.end() || token.span.begin < at) continue;
        const std::string_view typed =
            std::string_view(text).substr(token.span.begin, token.span.end - token.span.begin);
        const auto written = text::capitals(typed);
        const bool capital = written == text::Capitals::first || written == text::Capitals::all;
        result.append(text, at, token.span.begin - at);
        result += capital ? text::with_capital(found->meant) : found->meant;
        at = token.span.end;
    }
    return result.append(text, at);
}

}  // namespace

bool is_taken_for(std::string_view folded, std::string_view nearest, Distance distance) {
    const std::size_t letters = text::count_code_points(folded);
    if (letters < shortest || distance.edits > 2) return false;
    if (!begin_alike(folded, text::without_accents(nearest)))
        return distance.edits == 1 && distance.cost <= one_likely;
    return distance.edits == 1 || letters >= long_word ||
           (letters >= shortest_for_two && distance.cost <= two_likely);
}

std::vector<Correction> correct(std::vector<Unit>& units, const Lexicon& lexicon, Variants* variants,
                                std::vector<Expansion>& expansions) {
    const Lookup lookup(lexicon);
    std::vector<Correction> corrections;
    std::size_t tried = 0;
    for (Unit& unit : units) {
        if (unit.tokens.size() != 1 || !may_be_misspelt(unit.tokens.front())) continue;
        const text::Token& token = unit.tokens.front();
        const bool widened = std::ranges::find(expansions, token.exact, &Expansion::term) != expansions.end();
        if (widened || lookup.is_known(token)) continue;
        if (++tried > most_corrections) {
            lookup.tell(Trouble::many_unknown, token.exact);
            break;
        }
        if (lookup.is_out_of_time()) break;
        auto correction = corrected(token, lexicon);
        if (!correction) continue;
        if (!correction->taken) {
            corrections.push_back(*std::move(correction));
            continue;
        }
        const Tokens meant = text::analyze(correction->meant, "und");
        if (meant.size() != 1) continue;
        std::vector<Unit> replacement{lookup.word(meant.front(), {})};
        std::vector<Expansion> names;
        if (variants != nullptr) {
            replacement = variants->widen(std::move(replacement), {});
            names = variants->take_expansions();
        }
        if (names.empty() && !lookup.is_known(meant.front())) continue;
        expansions.push_back({token.exact, {correction->meant}, "typo"});
        std::ranges::move(names, std::back_inserter(expansions));
        replace(unit, std::move(replacement.front()));
        corrections.push_back(*std::move(correction));
    }
    return corrections;
}

std::vector<Correction> doubts(const Syntax& syntax, const Lexicon& lexicon, bool found_nothing) {
    const Lookup lookup(lexicon);
    std::vector<Correction> found;
    std::size_t tried = 0;
    Syntax copy = syntax;
    each_text(copy, true, [&](const std::string& text, bool top) {
        if (!top && !found_nothing) return;
        for (const text::Token& token : text::analyze(text, "und")) {
            if (tried == most_corrections || has_passed(lexicon.deadline)) return;
            if (!may_be_misspelt(token)) continue;
            const std::vector<std::string> forms = lookup.known_forms(token);
            if (top == forms.empty()) continue;
            ++tried;
            auto other = top ? likelier(token, forms, lookup) : corrected(token, lexicon);
            if (other) found.push_back(*std::move(other));
        }
    });
    return found;
}

std::string respelt(const Syntax& syntax, const std::vector<Correction>& corrections) {
    Syntax copy = syntax;
    each_text(copy, true, [&](std::string& text, bool) { text = with_words_replaced(text, corrections); });
    return to_string(copy);
}

}  // namespace izde::query
