#include "index/compile.hpp"

#include <algorithm>

#include "izde/text/analyze.hpp"

#include "index/schema.hpp"

namespace izde::index {
namespace {

using XQuery = Xapian::Query;

// More than the words of a title score, so that what is called as the query reads comes first.
constexpr double title_bonus = 20;

enum class Scores : std::uint8_t { yes, no };

XQuery any_of(const std::vector<XQuery>& parts) {
    return XQuery(XQuery::OP_OR, parts.begin(), parts.end());
}

XQuery scaled_to_nothing(const XQuery& query) {
    return {XQuery::OP_SCALE_WEIGHT, query, 0.0};
}

class Compiler {
  public:
    Compiler(const Vocabulary& vocabulary, const std::map<std::string, std::uint64_t>& by_year,
             const Xapian::Database& database, Scores scores)
        : vocabulary_(vocabulary), by_year_(by_year), database_(database), scores_(scores == Scores::yes) {}

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
        return alone(vocabulary_.completions(prefix.folded, prefix.most), prefix.in);
    }

    XQuery operator()(const Phrase& phrase) const {
        const std::vector<XQuery> words = each_spelt(phrase.words, phrase.in);
        if (words.size() == 1) return alone(phrase.words.front(), phrase.in);
        return {XQuery::OP_PHRASE, words.begin(), words.end(), static_cast<Xapian::termcount>(words.size())};
    }

    XQuery operator()(const Near& near) const {
        const std::vector<XQuery> words = each_spelt(near.words, near.in);
        if (words.size() == 1) return alone(near.words.front(), near.in);
        const auto window = static_cast<Xapian::termcount>(words.size() + near.window);
        return {XQuery::OP_NEAR, words.begin(), words.end(), window};
    }

    XQuery operator()(const Has& has) const {
        if (has.extent == Has::Extent::whole)
            return weightless(schema::facet_term(has.facet, schema::facet_key(has.value)));
        std::vector<XQuery> words;
        for (const text::Token& token : text::analyze(has.value, "und"))
            if (token.kind != text::TokenKind::pair)
                words.push_back(weightless(schema::facet_word_term(has.facet, token.folded)));
        return weightless(XQuery(XQuery::OP_AND, words.begin(), words.end()));
    }

    XQuery operator()(const Member& member) const { return weightless(schema::group_term(member.group)); }

    XQuery operator()(const Titled& titled) const {
        const std::string term = schema::title_term(titled.title);
        if (term.empty()) return {};
        if (!scores_) return weightless(term);
        const auto fixed = XQuery((new Xapian::FixedWeightPostingSource(title_bonus))->release());
        return {XQuery::OP_AND, fixed, XQuery(term)};
    }

    XQuery operator()(const Identified& identified) const {
        return weightless(schema::id_term(identified.id));
    }

    // By terms where whole years are asked for: Xapian cannot count a value range as part of one word,
    // which names that are only meant in some years need.
    XQuery operator()(const Dated& dated) const {
        std::vector<XQuery> days;
        if (dated.undated) days.push_back(weightless(schema::undated_term));
        if (is_year(dated.from) && is_year(dated.to)) {
            for (const auto& [year, documents] : by_year_)
                if (!year.empty() && year >= dated.from && (dated.to.empty() || year <= dated.to))
                    days.push_back(weightless(schema::year_term(year)));
        } else {
            const std::string from = dated.from.empty() ? "0" : schema::days_of(dated.from).first;
            const std::string to = dated.to.empty() ? "99999999" : schema::days_of(dated.to).last;
            const XQuery begins(XQuery::OP_VALUE_RANGE, schema::first_day, "0", to);
            const XQuery ends(XQuery::OP_VALUE_RANGE, schema::last_day, from, "99999999");
            days.emplace_back(XQuery::OP_FILTER, begins, ends);
        }
        return weightless(any_of(days));
    }

    XQuery operator()(const AllOf& all) const {
        const std::vector<XQuery> parts = compile_each(all.parts);
        XQuery query = parts.empty() ? XQuery::MatchAll : XQuery(XQuery::OP_AND, parts.begin(), parts.end());
        if (scores_ && !all.boost.empty())
            query = XQuery(XQuery::OP_AND_MAYBE, query, any_of(compile_each(all.boost)));
        if (!all.none_of.empty())
            query = XQuery(XQuery::OP_AND_NOT, query, any_of(without_scores().compile_each(all.none_of)));
        return query;
    }

    XQuery operator()(const AnyOf& any) const { return any_of(compile_each(any.parts)); }
    XQuery operator()(const Same& same) const {
        const std::vector<XQuery> parts = compile_each(same.of);
        return scores_ ? XQuery(XQuery::OP_SYNONYM, parts.begin(), parts.end()) : any_of(parts);
    }
    XQuery operator()(const Only& only) const {
        return weightless(any_of(without_scores().compile_each(only.what)));
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
        std::vector<XQuery> terms;
        terms.reserve(forms.size());
        for (const std::string& form : forms) terms.push_back(weightless(schema::exact_term(form, word.in)));
        return any_of(terms);
    }

    // A word by its spellings, that no others must stand beside.
    XQuery alone(const std::vector<std::string>& spellings, std::optional<Field> in) const {
        return scores_ ? one_word(spellings, in) : unscored({{{spellings, 1.0}}, in});
    }

    static bool is_year(std::string_view date) { return date.empty() || date.size() == 4; }

    static XQuery one_word(const std::vector<std::string>& forms, std::optional<Field> in) {
        std::vector<XQuery> terms;
        terms.reserve(forms.size());
        for (const std::string& form : forms) terms.emplace_back(schema::exact_term(form, in));
        return terms.size() == 1 ? terms.front() : XQuery(XQuery::OP_SYNONYM, terms.begin(), terms.end());
    }

    // Xapian takes OP_OR inside of phrases, but not OP_SYNONYM.
    static std::vector<XQuery> each_spelt(const std::vector<std::vector<std::string>>& words,
                                          std::optional<Field> in) {
        std::vector<XQuery> spelt;
        for (const auto& spellings : words) {
            std::vector<XQuery> terms;
            terms.reserve(spellings.size());
            for (const std::string& spelling : spellings)
                terms.emplace_back(schema::exact_term(spelling, in));
            spelt.push_back(terms.size() == 1 ? terms.front() : any_of(terms));
        }
        return spelt;
    }

    XQuery weightless(const std::string& term) const { return index::weightless(database_, term); }
    static XQuery weightless(const XQuery& query) { return scaled_to_nothing(query); }

    Compiler without_scores() const { return {vocabulary_, by_year_, database_, Scores::no}; }

    std::vector<XQuery> compile_each(const std::vector<Query>& queries) const {
        std::vector<XQuery> compiled;
        compiled.reserve(queries.size());
        for (const Query& query : queries) compiled.push_back(std::visit(*this, query.node));
        return compiled;
    }

    const Vocabulary& vocabulary_;
    const std::map<std::string, std::uint64_t>& by_year_;
    const Xapian::Database& database_;
    bool scores_;
};

}  // namespace

Xapian::Query weightless(const Xapian::Database& database, const std::string& term) {
    const bool everywhere = database.get_termfreq(term) == database.get_doccount();
    return scaled_to_nothing(everywhere ? XQuery::MatchAll : XQuery(term));
}

Xapian::Query compile(const Query& query, const Vocabulary& vocabulary,
                      const std::map<std::string, std::uint64_t>& by_year, const Xapian::Database& database) {
    return std::visit(Compiler(vocabulary, by_year, database, Scores::yes), query.node);
}

Xapian::Query compile_unscored(const Query& query, const Vocabulary& vocabulary,
                               const std::map<std::string, std::uint64_t>& by_year,
                               const Xapian::Database& database) {
    return scaled_to_nothing(std::visit(Compiler(vocabulary, by_year, database, Scores::no), query.node));
}

}  // namespace izde::index
