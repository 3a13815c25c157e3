// Each word typed becomes a unit: a query that requires it, and what of it to light up. Units are
// all required (strict), then any of them (relaxed). Tested by resolve_test.cpp.
#include "query/resolve.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"

#include "query/field_names.hpp"
#include "query/lookup.hpp"
#include "query/numbers.hpp"
#include "query/runs.hpp"
#include "query/variants.hpp"

namespace izde::query {
namespace {

using index::Field;

// What a word adds where it stands in the title, beside counting more often there.
constexpr double title_factor = 0.1;

// Of the spellings of a word, names with all their variants among them, as many are looked for in titles
// and beside other words.
constexpr std::size_t most_spellings = 48;

// More words are a text, which says enough by them as they are: words that only begin alike are left out.
constexpr std::size_t most_with_alike = 96;

// These together: each reads a list of documents, and holds memory while it does.
constexpr std::size_t most_alike = 1024, most_in_row = 1024;

bool is_alike(const index::Query& boost) {
    const auto* scaled = std::get_if<index::Scaled>(&boost.node);
    return scaled != nullptr && std::holds_alternative<index::Prefix>(scaled->what.front().node);
}

// All spellings that are one word; none for units of several words.
std::vector<std::string> spellings_of(const Unit& unit) {
    std::vector<std::string> spellings;
    if (unit.stop || unit.tokens.size() != 1 || unit.tokens.front().kind != text::TokenKind::word)
        return spellings;
    for (const WantedUnit& wanted : unit.wanted) {
        if (wanted.terms.size() != 1) continue;
        for (const std::string& form : wanted.terms.front().forms)
            if (std::ranges::find(spellings, form) == spellings.end()) spellings.push_back(form);
    }
    if (spellings.size() > most_spellings) spellings.resize(most_spellings);
    return spellings;
}

class Resolver {
  public:
    Resolver(const Lexicon& lexicon, Reading reading)
        : lexicon_(lexicon), lookup_(lexicon), loose_(reading == Reading::loose) {
        if (lexicon.aliases != nullptr) variants_.emplace(lookup_, *lexicon.aliases);
    }

    Resolved run(const Syntax& root) {
        const All& all = std::get<All>(root.node);
        alone_ = all.of.size() == 1;
        for (const Syntax& part : all.of) add(part);
        units_ = widened(std::move(units_), {});
        bound_alike();
        Resolved resolved;
        if (variants_) resolved.expansions = variants_->take_expansions();
        if (lexicon_.typos && !(loose_ && phrases_))
            resolved.corrections =
                correct(units_, lexicon_, variants_ ? &*variants_ : nullptr, resolved.expansions);
        for (const Unit& unit : units_) want(unit);
        for (const Syntax& part : all.none_of) none_of_.push_back(exclude(part));
        resolved.everything = units_.empty() && required_.empty() && named_.empty() && none_of_.empty();
        resolved.phrases = phrases_;
        resolved.words = static_cast<std::size_t>(std::ranges::count(units_, false, &Unit::stop));
        for (const Unit& unit : units_)
            if (auto spellings = spellings_of(unit); !spellings.empty())
                in_row_.push_back(std::move(spellings));
        for (std::vector<std::string>& spellings : in_row_)
            spellings.resize(std::min(spellings.size(), most_in_row / in_row_.size()));
        resolved.strict = strict();
        resolved.relaxed = relaxed();
        resolved.wanted = std::move(wanted_);
        resolved.furniture = std::move(furniture_);
        resolved.in_row = std::move(in_row_);
        resolved.units = std::move(units_);
        if (variants_)
            std::ranges::move(variants_->take_expansions(), std::back_inserter(resolved.expansions));
        std::ranges::move(expanded_fields_, std::back_inserter(resolved.expansions));
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
        else if (quoted != nullptr && quoted->printed && !alone_)
            add_named(*quoted);
        else
            required_.push_back(build(part));
    }

    // «Such quotes» in a question name a thing: the best partial matches have some of its words.
    void add_named(const Quoted& quoted) {
        named_.push_back(build(quoted, {}));
        const Tokens tokens = text::analyze(quoted.text, "und");
        for (Unit& unit : units_of(quoted.text, tokens, {})) {
            want(unit);
            units_of_named_.push_back(std::move(unit));
        }
    }

    void bound_alike() {
        if (units_.size() > most_with_alike)
            for (Unit& unit : units_) std::erase_if(unit.boost, is_alike);
        const std::size_t each = most_alike / std::max<std::size_t>(1, units_.size());
        for (Unit& unit : units_)
            for (index::Query& boost : unit.boost)
                if (is_alike(boost)) {
                    auto& prefix =
                        std::get<index::Prefix>(std::get<index::Scaled>(boost.node).what.front().node);
                    prefix.most = std::min(prefix.most, each);
                }
    }

    void add_units(const std::string& text) {
        const Tokens tokens = text::analyze(text, "und");
        std::ranges::move(units_of(text, tokens, {}), std::back_inserter(units_));
    }

    bool only_stop_words() const { return std::ranges::all_of(units_, &Unit::stop); }

    index::Query strict() const {
        index::AllOf all{required_, none_of_, {}};
        for (const Unit& unit : units_) {
            if (unit.stop && !only_stop_words()) continue;
            all.parts.push_back(required(unit));
            std::ranges::copy(unit.partial, std::back_inserter(all.boost));
            std::ranges::copy(unit.boost, std::back_inserter(all.boost));
        }
        std::ranges::copy(named_, std::back_inserter(all.parts));
        raise_titles(all.boost);
        if (all.parts.empty() && all.none_of.empty()) return {index::Everything{}};
        return {std::move(all)};
    }

    // A phrase that must be there is enough to go on: the words beside it only choose then.
    index::Query relaxed() const {
        const bool phrase = phrases_ && !loose_ && named_.empty();
        index::AnyOf any;
        index::AllOf all{required_, none_of_, named_};
        std::vector<Unit> units = units_;
        std::ranges::copy(units_of_named_, std::back_inserter(units));
        for (const Unit& unit : units) {
            if (unit.stop && !loose_ && !only_stop_words()) continue;
            any.parts.push_back(required(unit));
            std::ranges::copy(unit.partial, std::back_inserter(any.parts));
            std::ranges::copy(unit.boost, std::back_inserter(all.boost));
        }
        if (any.parts.size() < (phrase ? 1 : 2)) return {index::Nothing{}};
        (phrase ? all.boost : all.parts).push_back({std::move(any)});
        raise_titles(all.boost);
        return {std::move(all)};
    }

    void raise_titles(std::vector<index::Query>& boost) const {
        for (const std::vector<std::string>& spellings : in_row_)
            boost.push_back(
                {index::Scaled{{index::Query{index::Word{{{spellings, 1.0}}, Field::title}}}, title_factor}});
    }

    // --- from text to units

    std::vector<Unit> units_of(const std::string& text, const Tokens& tokens, std::optional<Field> in) {
        std::vector<Unit> units;
        for (std::size_t i = 0; i < tokens.size();) {
            const text::Token& token = tokens[i];
            std::size_t end = i + 1;
            if (token.kind == text::TokenKind::word) {
                units.push_back(lookup_.word(token, in));
            } else {
                while (end < tokens.size() && tokens[end].kind != text::TokenKind::word &&
                       tokens[end].span.begin <= tokens[end - 1].span.end)
                    ++end;
                const Tokens run(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                 tokens.begin() + static_cast<std::ptrdiff_t>(end));
                std::ranges::move(units_of_run(run, text, !alone_, lookup_, in), std::back_inserter(units));
            }
            i = end;
        }
        return with_numbers_joined(std::move(units), lookup_, in);
    }

    std::vector<Unit> widened(std::vector<Unit> units, std::optional<Field> in) {
        units = with_numbers_glued(std::move(units), lookup_, in);
        return variants_ ? variants_->widen(std::move(units), in) : std::move(units);
    }

    void want(const Unit& unit) {
        for (const WantedUnit& wanted : unit.wanted) want(wanted);
    }

    void want(WantedUnit unit) {
        if (lit_ != nullptr && !unit.terms.empty()) lit_->units.push_back(std::move(unit));
    }

    // --- everything but plain words at the top

    index::Query build(const Syntax& part, std::optional<Field> in = {}) {
        return std::visit([&](const auto& node) { return build(node, in); }, part.node);
    }

    index::Query exclude(const Syntax& part) {
        return lighting(nullptr, [&] { return build(part); });
    }

    // What `work` wants lit, `lit` learns.
    template <class Work>
    index::Query lighting(Wanted* lit, Work work) {
        Wanted* const before = std::exchange(lit_, lit);
        index::Query query = work();
        lit_ = before;
        return query;
    }

    index::Query build(const Word& word, std::optional<Field> in) {
        index::AllOf all;
        for (const Unit& unit : widened(units_of(word.text, text::analyze(word.text, "und"), in), in)) {
            want(unit);
            all.parts.push_back(required(unit));
        }
        return all.parts.size() == 1 ? all.parts.front() : index::Query{std::move(all)};
    }

    index::Query build(const Exact& exact, std::optional<Field> in) {
        Spellings words;
        for (const text::Token& token : chain(text::analyze(exact.text, "und")))
            words.push_back({token.exact});
        return phrase(words, in);
    }

    index::Query build(const Quoted& quoted, std::optional<Field> in) {
        return phrase(lookup_.spelt(chain(text::analyze(quoted.text, "und"))), in);
    }

    index::Query phrase(const Spellings& words, std::optional<Field> in) {
        if (words.empty()) return {index::Everything{}};
        want(to_wanted(words));
        return to_query({words, in});
    }

    // Of a script without spaces a word goes on anyway.
    index::Query build(const Begins& begins, std::optional<Field> in) {
        Tokens tokens = chain(text::analyze(begins.text, "und"));
        if (tokens.empty()) return {index::Everything{}};
        index::AllOf all;
        if (tokens.back().kind == text::TokenKind::word) {
            index::Prefix prefix{tokens.back().folded, in};
            if (lexicon_.vocabulary.count_beginning(prefix.folded) > prefix.most)
                lookup_.tell(Trouble::many_beginnings, begins.text);
            all.parts.push_back({std::move(prefix)});
            want({{{{}, tokens.back().folded}}, 1.0});
            tokens.pop_back();
        }
        for (const text::Token& token : tokens) {
            all.parts.push_back({index::Word{{{lookup_.spelt(token), 1.0}}, in}});
            want(to_wanted({lookup_.spelt(token)}));
        }
        return {std::move(all)};
    }

    index::Query build(const Near& near, std::optional<Field> in) {
        index::Near query{{}, near.window, in};
        for (const std::string& word : near.words)
            for (const text::Token& token : chain(text::analyze(word, "und"))) {
                query.words.push_back(lookup_.spelt(token));
                want(to_wanted({lookup_.spelt(token)}));
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
        if (scoped.field == "boilerplate")
            return lighting(lit_ == nullptr ? nullptr : &furniture_,
                            [&] { return build(value, Field::boilerplate); });
        return facet(scoped.field, value);
    }

    // author:(a OR b) asks for the field in every leaf; words beside each other are one, since they may be a
    // name together.
    index::Query facet(const std::string& field, const Syntax& value) {
        if (const auto* all = std::get_if<All>(&value.node)) {
            if (const auto words = words_beside(*all)) return leaf(field, {Word{*words}});
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
        return leaf(field, value);
    }

    // Nothing where there is anything else among them.
    static std::optional<std::string> words_beside(const All& all) {
        if (!all.none_of.empty()) return std::nullopt;
        std::string text;
        for (const Syntax& part : all.of) {
            const auto* word = std::get_if<Word>(&part.node);
            if (word == nullptr) return std::nullopt;
            text.append(text.empty() ? "" : " ").append(word->text);
        }
        return text;
    }

    static std::string text_of(const Syntax& value) {
        if (const auto* word = std::get_if<Word>(&value.node)) return word->text;
        if (const auto* quoted = std::get_if<Quoted>(&value.node)) return quoted->text;
        if (const auto* exact = std::get_if<Exact>(&value.node)) return exact->text;
        if (const auto* begins = std::get_if<Begins>(&value.node)) return begins->text;
        return {};
    }

    index::Query leaf(const std::string& field, const Syntax& part) {
        using Extent = index::Has::Extent;
        const std::string value = text_of(part);
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
        const bool may_be_name = facet == index::Facet::author || facet == index::Facet::place;
        // As of plain words, quotes and `=` ask for what was typed.
        if (!may_be_name || !variants_ || !std::holds_alternative<Word>(part.node))
            return {index::Has{Extent::words, facet, value}};
        return by_any_name(facet, field, value, lookup_, *lexicon_.aliases, expanded_fields_);
    }

    const Lexicon& lexicon_;
    Lookup lookup_;
    std::optional<Variants> variants_;
    std::vector<Expansion> expanded_fields_;
    bool loose_;
    bool alone_ = true;  // whether nothing else was typed
    bool phrases_ = false;
    std::vector<Unit> units_;
    Spellings in_row_;  // those of each word that carries meaning
    std::vector<index::Query> required_, none_of_;
    std::vector<index::Query> named_;  // required at first, then raising the score
    std::vector<Unit> units_of_named_;
    Wanted wanted_, furniture_;
    Wanted* lit_ = &wanted_;  // null within what is excluded
};

}  // namespace

Resolved resolve(const Syntax& syntax, const Lexicon& lexicon, Reading reading) {
    return Resolver(lexicon, reading).run(syntax);
}

}  // namespace izde::query
