#include "index/compile.hpp"

#include <algorithm>
#include <utility>

#include "izde/text/analyze.hpp"

#include "index/schema.hpp"
#include "index/standing.hpp"

namespace izde::index {
namespace {

using XQuery = Xapian::Query;

// More than the words of a title score, so that what is called as the query reads comes first.
constexpr double title_bonus = 20;

enum class Scores : std::uint8_t { yes, no };

XQuery any_of(const std::vector<XQuery>& parts) {
    return XQuery(XQuery::OP_OR, parts.begin(), parts.end());
}

class Compiler {
  public:
    Compiler(const Tables& tables, Gate& gate, Scores scores)
        : tables_(tables), gate_(gate), scores_(scores == Scores::yes) {}

    XQuery operator()(const Nothing&) const { return {}; }
    XQuery operator()(const Everything&) const { return XQuery::MatchAll; }

    XQuery operator()(const Word& word) const {
        if (!scores_) return unscored(word);
        std::vector<XQuery> tiers;
        for (std::size_t i = 0; i < word.tiers.size(); ++i) {
            // Tiers of the same forms read their lists once.
            const std::vector<std::string>& forms = word.tiers[i].forms;
            const auto same = [&](const Word::Tier& other) { return other.forms == forms; };
            if (std::any_of(word.tiers.begin(), word.tiers.begin() + static_cast<std::ptrdiff_t>(i), same))
                continue;
            double weight = 0;
            for (const Word::Tier& tier : word.tiers)
                if (same(tier)) weight += tier.weight;
            const XQuery one = one_word(forms, word.in);
            tiers.push_back(weight == 1.0 ? one : XQuery(XQuery::OP_SCALE_WEIGHT, one, weight));
        }
        return tiers.size() == 1 ? tiers.front() : any_of(tiers);
    }

    XQuery operator()(const Prefix& prefix) const {
        const std::vector<std::string> forms = tables_.vocabulary.completions(prefix.folded, prefix.most);
        return scores_ ? one_word(forms, prefix.in) : any_form(forms, prefix.in);
    }

    XQuery operator()(const Phrase& phrase) const {
        if (phrase.words.size() == 1) return one_of(phrase.words.front(), phrase.in);
        return placed(phrase.words, phrase.in, {});
    }

    XQuery operator()(const Near& near) const {
        if (near.words.size() == 1) return one_of(near.words.front(), near.in);
        return placed(near.words, near.in, static_cast<std::uint32_t>(near.words.size()) + near.window);
    }

    XQuery operator()(const Has& has) const {
        if (has.extent == Has::Extent::whole)
            return weightless(plain(schema::facet_term(has.facet, schema::facet_key(has.value))));
        std::vector<XQuery> words;
        for (const text::Token& token : text::analyze(has.value, "und"))
            if (token.kind != text::TokenKind::pair)
                words.push_back(plain(schema::facet_word_term(has.facet, token.folded)));
        return weightless(XQuery(XQuery::OP_AND, words.begin(), words.end()));
    }

    XQuery operator()(const Member& member) const {
        return weightless(plain(schema::group_term(member.group)));
    }

    XQuery operator()(const Titled& titled) const {
        const std::string term = schema::title_term(titled.title);
        if (term.empty()) return {};
        if (!scores_) return plain(term);
        const auto fixed = XQuery((new Xapian::FixedWeightPostingSource(title_bonus))->release());
        return {XQuery::OP_AND, fixed, XQuery(term)};
    }

    XQuery operator()(const Identified& identified) const {
        return weightless(plain(schema::id_term(identified.id)));
    }

    // By terms for whole years: a range of values is a look at each document, and Xapian cannot count it as
    // part of one word, which names that are only meant in some years need.
    XQuery operator()(const Dated& dated) const {
        std::vector<XQuery> days;
        if (dated.undated) days.push_back(plain(schema::undated_term));
        std::vector<XQuery> in_part;  // years of which the range has only some days
        for (const auto& [year, documents] : tables_.by_year) {
            const std::string_view first = std::string_view(dated.from).substr(0, 4),
                                   last = std::string_view(dated.to).substr(0, 4);
            if (year.empty() || year < first || (!last.empty() && year > last)) continue;
            const bool whole = (year != first || is_year(dated.from)) && (year != last || is_year(dated.to));
            (whole ? days : in_part).push_back(plain(schema::year_term(year)));
        }
        if (!in_part.empty()) days.push_back(some_days(dated, in_part));
        return weightless(any_of(days));
    }

    XQuery operator()(const AllOf& all) const {
        const std::vector<XQuery> parts = compile_each(all.parts);
        XQuery query = parts.empty() ? XQuery::MatchAll : XQuery(XQuery::OP_AND, parts.begin(), parts.end());
        if (scores_ && !all.boost.empty())
            query = XQuery(XQuery::OP_AND_MAYBE, query, any_of(compile_each(all.boost)));
        return all.none_of.empty() ? query : without(query, all.none_of);
    }

    XQuery operator()(const AnyOf& any) const { return any_of(compile_each(any.parts)); }
    XQuery operator()(const Same& same) const {
        if (!scores_) return any_of(compile_each(same.of));
        Compiler within(*this);
        within.unlimited_ = true;
        const std::vector<XQuery> parts = within.compile_each(same.of);
        XQuery one(XQuery::OP_SYNONYM, parts.begin(), parts.end());
        widened_ = widened_ || within.widened_;
        if (!within.widened_ || unlimited_) return one;
        return {XQuery::OP_FILTER, one, any_of(unscoring().compile_each(same.of))};
    }
    XQuery operator()(const Only& only) const {
        return weightless(any_of(unscoring().compile_each(only.what)));
    }
    XQuery operator()(const Scaled& scaled) const {
        const XQuery what = any_of(compile_each(scaled.what));
        return scores_ ? XQuery(XQuery::OP_SCALE_WEIGHT, what, scaled.factor) : what;
    }

  private:
    // A form may be in several tiers.
    XQuery unscored(const Word& word) const {
        std::vector<std::string> forms;
        for (const Word::Tier& tier : word.tiers)
            forms.insert(forms.end(), tier.forms.begin(), tier.forms.end());
        std::ranges::sort(forms);
        forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
        return any_form(forms, word.in);
    }

    XQuery any_form(const std::vector<std::string>& forms, std::optional<Field> in) const {
        std::vector<XQuery> terms;
        terms.reserve(forms.size());
        for (const std::string& form : forms) terms.push_back(plain(schema::exact_term(form, in)));
        return any_of(terms);
    }

    XQuery plain(const std::string& term) const { return unscored_term(term, tables_.database); }

    // What is left out and takes long is limited as well. A gate that closes there lets through what was to
    // be left out; the gate of the whole, which is asked behind the border, stops that.
    XQuery without(const XQuery& query, const std::vector<Query>& none_of) const {
        const auto conditions = gate_.conditions();
        const XQuery rest(XQuery::OP_AND_NOT, query, any_of(unscoring().compile_each(none_of)));
        return gate_.conditions() == conditions ? rest : within_border(rest);
    }

    // What neither scores nor counts as part of one word.
    Compiler unscoring() const {
        Compiler other(*this);
        other.scores_ = other.unlimited_ = false;
        return other;
    }

    // All of the words, and what has to do with their places. Within one word only the former.
    XQuery placed(const std::vector<std::vector<std::string>>& words, std::optional<Field> in,
                  Reach reach) const {
        std::vector<XQuery> each;
        std::vector<std::vector<std::string>> terms;
        for (const auto& spellings : words) {
            each.push_back(one_of(spellings, in));
            auto& of_word = terms.emplace_back();
            for (const std::string& spelling : spellings) of_word.push_back(schema::exact_term(spelling, in));
        }
        XQuery all(XQuery::OP_AND, each.begin(), each.end());
        widened_ = widened_ || unlimited_;
        if (unlimited_) return all;
        return limited({XQuery::OP_FILTER, all, standing(tables_.positions, std::move(terms), reach)});
    }

    // Xapian cannot tell how frequent a word is that a source of ours is part of.
    XQuery limited(const XQuery& query) const { return unlimited_ ? query : gate_.limited(query); }

    XQuery some_days(const Dated& dated, const std::vector<XQuery>& years) const {
        const std::string from = dated.from.empty() ? "0" : schema::days_of(dated.from).first;
        const std::string to = dated.to.empty() ? "99999999" : schema::days_of(dated.to).last;
        const XQuery begins(XQuery::OP_VALUE_RANGE, schema::first_day, "0", to);
        const XQuery ends(XQuery::OP_VALUE_RANGE, schema::last_day, from, "99999999");
        const XQuery days(XQuery::OP_FILTER, begins, ends);
        return limited({XQuery::OP_FILTER, any_of(years), days});
    }

    static bool is_year(std::string_view date) { return date.empty() || date.size() == 4; }

    static XQuery one_word(const std::vector<std::string>& forms, std::optional<Field> in) {
        std::vector<XQuery> terms;
        terms.reserve(forms.size());
        for (const std::string& form : forms) terms.emplace_back(schema::exact_term(form, in));
        return terms.size() == 1 ? terms.front() : XQuery(XQuery::OP_SYNONYM, terms.begin(), terms.end());
    }

    // A word of a phrase, whose spellings score each for itself.
    XQuery one_of(const std::vector<std::string>& spellings, std::optional<Field> in) const {
        if (!scores_) return any_form(spellings, in);
        std::vector<XQuery> terms;
        terms.reserve(spellings.size());
        for (const std::string& spelling : spellings) terms.emplace_back(schema::exact_term(spelling, in));
        return terms.size() == 1 ? terms.front() : any_of(terms);
    }

    static XQuery weightless(const XQuery& query) { return {XQuery::OP_SCALE_WEIGHT, query, 0.0}; }

    std::vector<XQuery> compile_each(const std::vector<Query>& queries) const {
        std::vector<XQuery> compiled;
        compiled.reserve(queries.size());
        for (const Query& query : queries) compiled.push_back(std::visit(*this, query.node));
        return compiled;
    }

    const Tables& tables_;
    Gate& gate_;
    bool scores_;
    bool unlimited_ = false;        // as part of one word
    mutable bool widened_ = false;  // some part of it matches more than it should
};

}  // namespace

Xapian::Query compile(const Query& query, const Tables& tables, Gate& gate) {
    return gate.limited_whole(std::visit(Compiler(tables, gate, Scores::yes), query.node));
}

Xapian::Query compile_unscored(const Query& query, const Tables& tables, Gate& gate) {
    const Xapian::Query compiled = std::visit(Compiler(tables, gate, Scores::no), query.node);
    return gate.limited({Xapian::Query::OP_SCALE_WEIGHT, compiled, 0.0});
}

Xapian::Query unscored_term(const std::string& term, const Xapian::Database& database) {
    return database.get_termfreq(term) == database.get_doccount() ? Xapian::Query::MatchAll
                                                                  : Xapian::Query(term);
}

}  // namespace izde::index
