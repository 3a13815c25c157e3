// Each word typed becomes a unit: a query that requires it, and what of it to light up. Units are
// all required (strict), then any of them (relaxed). Tested by resolve_test.cpp.
#include "query/resolve.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

namespace izde::query {
namespace {

using index::Field;
using Tokens = std::vector<text::Token>;

// A run of Han up to this long is a name or a word: it must stand as it was typed. A longer one
// is taken apart by the dictionary.
constexpr std::size_t whole_run = 4;

// Pairs that only make up for what the dictionary missed.
constexpr double pair_factor = 0.4;

// Spellings of one word that a phrase looks for at a place.
constexpr std::size_t max_spellings = 8;

// What the spelling as it was typed, and that without regard to accents, add to any form's score.
constexpr double exact_weight = 0.25;
constexpr double spelling_weight = 0.1;

// What words typed side by side gain where they stand so in the text.
constexpr double together_factor = 0.5;
constexpr std::size_t together_words = 6;

struct Unit {
    index::Query query;
    std::vector<index::Query> partial;  // what else may match when not all is required
    bool stop = false;                  // carries grammar only
};

index::Word plain_word(std::string exact, std::optional<Field> in) {
    return {{{{std::move(exact)}, 1.0}}, in};
}

index::Query to_query(index::Phrase phrase) {
    if (phrase.words.size() == 1) return {index::Word{{{phrase.words.front(), 1.0}}, phrase.in}};
    return {std::move(phrase)};
}

// The tokens of consecutive positions, as phrases are made of: at each position the pair, or the
// word or character where there is none; the last character of a run says nothing its pair did not.
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

void add_missing(std::vector<std::string>& to, std::vector<std::string> more) {
    for (std::string& one : more)
        if (std::ranges::find(to, one) == to.end()) to.push_back(std::move(one));
}

class Resolver {
  public:
    Resolver(const Lexicon& lexicon, Reading reading)
        : vocabulary_(lexicon.vocabulary), languages_(lexicon.languages), loose_(reading == Reading::loose) {}

    Resolved run(const Syntax& root) {
        const All& all = std::get<All>(root.node);
        for (const Syntax& part : all.of) add(part);
        for (const Syntax& part : all.none_of) none_of_.push_back(exclude(part));
        Resolved resolved;
        resolved.everything = units_.empty() && required_.empty() && none_of_.empty();
        resolved.phrases = phrases_;
        resolved.strict = strict();
        resolved.relaxed = relaxed();
        resolved.wanted = std::move(wanted_);
        return resolved;
    }

  private:
    // --- collecting what is asked for at the top

    void add(const Syntax& part) {
        const auto* word = std::get_if<Word>(&part.node);
        const auto* quoted = std::get_if<Quoted>(&part.node);
        phrases_ = phrases_ || quoted != nullptr;
        if (word != nullptr)
            add_units(word->text);
        else if (quoted != nullptr && loose_)
            add_units(quoted->text);
        else
            required_.push_back(build(part));
    }

    void add_units(const std::string& text) {
        const Tokens tokens = text::analyze(text, "und");
        std::ranges::move(units_of(text, tokens, {}), std::back_inserter(units_));
        typed_.insert(typed_.end(), tokens.begin(), tokens.end());
    }

    bool only_stop_words() const { return std::ranges::all_of(units_, &Unit::stop); }

    index::Query strict() const {
        index::AllOf all{required_, none_of_, {}};
        for (const Unit& unit : units_)
            if (!unit.stop || only_stop_words()) all.parts.push_back(unit.query);
        if (const auto together = side_by_side()) all.boost.push_back(*together);
        if (all.parts.empty() && all.none_of.empty()) return {index::Everything{}};
        return {std::move(all)};
    }

    index::Query relaxed() const {
        index::AnyOf any;
        for (const Unit& unit : units_) {
            if (unit.stop && !loose_ && !only_stop_words()) continue;
            any.parts.push_back(unit.query);
            any.parts.insert(any.parts.end(), unit.partial.begin(), unit.partial.end());
        }
        if (any.parts.size() < 2) return {index::Nothing{}};
        index::AllOf all{required_, none_of_, {}};
        all.parts.push_back({std::move(any)});
        if (const auto together = side_by_side()) all.boost.push_back(*together);
        return {std::move(all)};
    }

    std::optional<index::Query> side_by_side() const {
        if (units_.size() < 2 || units_.size() > together_words) return std::nullopt;
        index::Phrase phrase;
        for (const text::Token& token : typed_) {
            if (token.kind != text::TokenKind::word) return std::nullopt;
            phrase.words.push_back(spelt(token));
        }
        return index::Query{index::Scaled{{index::Query{std::move(phrase)}}, together_factor}};
    }

    // --- from text to units

    std::vector<Unit> units_of(const std::string& text, const Tokens& tokens, std::optional<Field> in) {
        std::vector<Unit> units;
        for (std::size_t i = 0; i < tokens.size();) {
            std::size_t end = i + 1;
            if (tokens[i].kind == text::TokenKind::word) {
                units.push_back(word_unit(tokens[i], text, in));
            } else {
                while (end < tokens.size() && tokens[end].kind != text::TokenKind::word &&
                       tokens[end].span.begin <= tokens[end - 1].span.end)
                    ++end;
                const auto first = static_cast<std::ptrdiff_t>(i);
                const auto last = static_cast<std::ptrdiff_t>(end);
                add_run({tokens.begin() + first, tokens.begin() + last}, text, in, units);
            }
            i = end;
        }
        return units;
    }

    // How a text may spell a token that must stand as such.
    std::vector<std::string> spelt(const text::Token& token) const {
        std::vector<std::string> spellings;
        if (token.kind == text::TokenKind::word) spellings = vocabulary_.spellings(token.folded);
        if (spellings.size() > max_spellings) spellings.resize(max_spellings);
        add_missing(spellings, {token.exact});
        return spellings;
    }

    std::vector<std::vector<std::string>> spelt(const Tokens& tokens) const {
        std::vector<std::vector<std::string>> words;
        for (const text::Token& token : tokens) words.push_back(spelt(token));
        return words;
    }

    Unit word_unit(const text::Token& token, const std::string& text, std::optional<Field> in) {
        const std::string typed = text.substr(token.span.begin, token.span.end - token.span.begin);
        Unit unit;
        std::vector<std::string> spellings = spelt(token);
        std::vector<std::string> forms = spellings;
        for (const std::string& lang : languages_) {
            if (!text::may_be_word_of(typed, lang)) continue;
            const Tokens known = text::analyze(typed, lang);
            if (known.size() != 1) continue;
            if (text::is_stop_word(known.front().folded, lang)) unit.stop = true;
            if (text::has_stemmer(lang))
                add_missing(forms, vocabulary_.forms(lang, text::Stemmer(lang).stem(known.front().exact)));
        }
        index::Word word{{{forms, 1.0}, {{token.exact}, exact_weight}}, in};
        if (spellings.size() > 1) word.tiers.push_back({std::move(spellings), spelling_weight});
        unit.query = {std::move(word)};
        want({{{std::move(forms), {}}}, unit.stop ? 0.1 : 1.0});
        return unit;
    }

    // A run of characters without spaces: whole if short, else the dictionary's words, single
    // characters joined (names fall apart into these).
    void add_run(const Tokens& run, const std::string& text, std::optional<Field> in,
                 std::vector<Unit>& units) {
        std::vector<Tokens> pieces(1);
        std::size_t characters = 0;
        for (const text::Token& token : run) characters += token.kind == text::TokenKind::character;
        if (characters <= whole_run)
            pieces.front() = run;
        else
            pieces = cut(run, text);
        for (const Tokens& piece : pieces) units.push_back(run_unit(piece, in));
        if (pieces.size() < 2) return;
        for (const text::Token& token : run) {
            if (token.kind != text::TokenKind::pair) continue;
            units.back().partial.push_back(
                {index::Scaled{{index::Query{plain_word(token.exact, in)}}, pair_factor}});
            want({{{{token.exact}, {}}}, 0.2});
        }
    }

    static std::vector<Tokens> cut(const Tokens& run, const std::string& text) {
        const std::size_t begin = run.front().span.begin;
        const auto dictionary =
            text::dictionary_words(std::string_view(text).substr(begin, run.back().span.end - begin));
        std::vector<Tokens> words;
        for (const text::Token& token : run) {
            const bool starts_word =
                std::ranges::binary_search(dictionary, token.span.begin - begin, {}, &text::Span::begin);
            if (token.kind == text::TokenKind::character && starts_word) words.emplace_back();
            if (words.empty()) words.emplace_back();
            words.back().push_back(token);
        }
        std::vector<Tokens> pieces;
        bool after_single = false;
        for (Tokens& word : words) {
            const bool single = std::ranges::count(word, text::TokenKind::character, &text::Token::kind) == 1;
            if (single && after_single)
                pieces.back().insert(pieces.back().end(), word.begin(), word.end());
            else
                pieces.push_back(std::move(word));
            after_single = single;
        }
        for (Tokens& piece : pieces) drop_overhang(piece);
        return pieces;
    }

    // The pair that begins at a piece's last character reaches into the next piece.
    static void drop_overhang(Tokens& piece) {
        if (piece.size() > 1 && piece.back().kind == text::TokenKind::pair) piece.pop_back();
    }

    Unit run_unit(const Tokens& piece, std::optional<Field> in) {
        Unit unit;
        const auto words = spelt(chain(piece));
        unit.stop = piece.size() == 1 && piece.front().kind == text::TokenKind::character &&
                    std::ranges::any_of(languages_, [&](const std::string& lang) {
                        return text::is_stop_word(piece.front().folded, lang);
                    });
        want(sequence(words));
        unit.query = to_query({words, in});
        return unit;
    }

    static WantedUnit sequence(const std::vector<std::vector<std::string>>& words) {
        WantedUnit unit;
        for (const std::vector<std::string>& spellings : words) unit.terms.push_back({spellings, {}});
        return unit;
    }

    void want(WantedUnit unit) {
        if (wanting_ && !unit.terms.empty()) wanted_.units.push_back(std::move(unit));
    }

    // --- everything but plain words at the top

    index::Query build(const Syntax& part, std::optional<Field> in = {}) {
        return std::visit([&](const auto& node) { return build(node, in); }, part.node);
    }

    index::Query exclude(const Syntax& part) {
        wanting_ = false;
        index::Query query = build(part);
        wanting_ = true;
        return query;
    }

    index::Query build(const Word& word, std::optional<Field> in) {
        index::AllOf all;
        for (Unit& unit : units_of(word.text, text::analyze(word.text, "und"), in))
            all.parts.push_back(std::move(unit.query));
        return all.parts.size() == 1 ? all.parts.front() : index::Query{std::move(all)};
    }

    index::Query build(const Exact& exact, std::optional<Field> in) {
        std::vector<std::vector<std::string>> words;
        for (const text::Token& token : chain(text::analyze(exact.text, "und")))
            words.push_back({token.exact});
        return phrase(words, in);
    }

    index::Query build(const Quoted& quoted, std::optional<Field> in) {
        return phrase(spelt(chain(text::analyze(quoted.text, "und"))), in);
    }

    index::Query phrase(const std::vector<std::vector<std::string>>& words, std::optional<Field> in) {
        if (words.empty()) return {index::Everything{}};
        want(sequence(words));
        return to_query({words, in});
    }

    // Of a script without spaces a word goes on anyway.
    index::Query build(const Begins& begins, std::optional<Field> in) {
        Tokens tokens = chain(text::analyze(begins.text, "und"));
        if (tokens.empty()) return {index::Everything{}};
        index::AllOf all;
        if (tokens.back().kind == text::TokenKind::word) {
            all.parts.push_back({index::Prefix{tokens.back().folded, in}});
            want({{{{}, tokens.back().folded}}, 1.0});
            tokens.pop_back();
        }
        for (const text::Token& token : tokens) {
            all.parts.push_back({index::Word{{{spelt(token), 1.0}}, in}});
            want(sequence({spelt(token)}));
        }
        return {std::move(all)};
    }

    index::Query build(const Near& near, std::optional<Field>) {
        index::Near query{{}, near.window};
        for (const std::string& word : near.words)
            for (const text::Token& token : chain(text::analyze(word, "und"))) {
                query.words.push_back(spelt(token));
                want(sequence({spelt(token)}));
            }
        if (query.words.empty()) return {index::Everything{}};
        return {std::move(query)};
    }

    index::Query build(const All& all, std::optional<Field> in) {
        index::AllOf query;
        for (const Syntax& part : all.of) query.parts.push_back(build(part, in));
        for (const Syntax& part : all.none_of) query.none_of.push_back(exclude(part));
        return {std::move(query)};
    }

    index::Query build(const Any& any, std::optional<Field> in) {
        index::AnyOf query;
        for (const Syntax& part : any.of) query.parts.push_back(build(part, in));
        return {std::move(query)};
    }

    index::Query build(const Scoped& scoped, std::optional<Field>) {
        if (scoped.of.empty()) return {index::Everything{}};
        const Syntax& value = scoped.of.front();
        if (scoped.field == "title") return build(value, Field::title);
        return facet(scoped.field, value);
    }

    // author:(a OR b) asks for the field in every leaf.
    index::Query facet(const std::string& field, const Syntax& value) {
        if (const auto* all = std::get_if<All>(&value.node)) {
            index::AllOf query;
            for (const Syntax& part : all->of) query.parts.push_back(facet(field, part));
            for (const Syntax& part : all->none_of) query.none_of.push_back(facet(field, part));
            return {std::move(query)};
        }
        if (const auto* any = std::get_if<Any>(&value.node)) {
            index::AnyOf query;
            for (const Syntax& part : any->of) query.parts.push_back(facet(field, part));
            return {std::move(query)};
        }
        return leaf(field, text_of(value));
    }

    static std::string text_of(const Syntax& value) {
        if (const auto* word = std::get_if<Word>(&value.node)) return word->text;
        if (const auto* quoted = std::get_if<Quoted>(&value.node)) return quoted->text;
        if (const auto* exact = std::get_if<Exact>(&value.node)) return exact->text;
        if (const auto* begins = std::get_if<Begins>(&value.node)) return begins->text;
        return {};
    }

    static index::Query leaf(const std::string& field, const std::string& value) {
        using Extent = index::Has::Extent;
        if (field == "date") {
            const std::size_t dots = value.find("..");
            if (dots == std::string::npos) return {index::Dated{value, value, false}};
            return {index::Dated{value.substr(0, dots), value.substr(dots + 2), false}};
        }
        if (field == "lang")
            return {index::Has{Extent::whole, index::Facet::lang, text::canonical_language(value)}};
        if (field == "format") return {index::Has{Extent::whole, index::Facet::format, value}};
        const index::Facet facet = field == "author"   ? index::Facet::author
                                   : field == "source" ? index::Facet::source
                                   : field == "place"  ? index::Facet::place
                                                       : index::Facet::path;
        return {index::Has{Extent::words, facet, value}};
    }

    const index::Vocabulary& vocabulary_;
    const std::vector<std::string>& languages_;
    bool loose_;
    bool phrases_ = false;
    std::vector<Unit> units_;
    Tokens typed_;
    std::vector<index::Query> required_, none_of_;
    Wanted wanted_;
    bool wanting_ = true;
};

}  // namespace

Resolved resolve(const Syntax& syntax, const Lexicon& lexicon, Reading reading) {
    return Resolver(lexicon, reading).run(syntax);
}

}  // namespace izde::query
