#include "index/compile.hpp"

#include <algorithm>

#include "izde/text/analyze.hpp"

#include "index/schema.hpp"

namespace izde::index {
namespace {

using XQuery = Xapian::Query;

// How much the exact form adds to what any form of the word scores.
constexpr double exact_weight = 0.25;

// Terms looked at for one prefix; a shorter list of the most frequent ones is taken from them.
constexpr std::size_t max_prefix_scan = 5000;

XQuery any_of(const std::vector<XQuery>& parts) {
    return XQuery(XQuery::OP_OR, parts.begin(), parts.end());
}

class Compiler {
  public:
    explicit Compiler(const Xapian::Database& database) : database_(database) {}

    XQuery operator()(const Nothing&) const { return {}; }
    XQuery operator()(const Everything&) const { return XQuery::MatchAll; }

    XQuery operator()(const Word& word) const {
        const XQuery exact(schema::exact_term(word.folded, word.in));
        if (word.stems.empty()) return exact;
        std::vector<XQuery> forms{exact};
        for (const Word::Stem& stem : word.stems)
            forms.emplace_back(schema::stem_term(stem.lang, stem.stem, word.in));
        const XQuery any_form(XQuery::OP_SYNONYM, forms.begin(), forms.end());
        return {XQuery::OP_OR, any_form, XQuery(XQuery::OP_SCALE_WEIGHT, exact, exact_weight)};
    }

    XQuery operator()(const Prefix& prefix) const {
        struct Candidate {
            Xapian::doccount documents;
            std::string term;
        };
        std::vector<Candidate> found;
        const std::string begin = schema::exact_term(prefix.folded, prefix.in);
        for (auto term = database_.allterms_begin(begin); term != database_.allterms_end(begin); ++term) {
            found.push_back({term.get_termfreq(), *term});
            if (found.size() == max_prefix_scan) break;
        }
        const std::size_t kept = std::min(found.size(), max_prefix_words);
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                          [](const Candidate& a, const Candidate& b) { return a.documents > b.documents; });
        std::vector<XQuery> words;
        for (std::size_t i = 0; i < kept; ++i) words.emplace_back(found[i].term);
        return {XQuery::OP_SYNONYM, words.begin(), words.end()};
    }

    XQuery operator()(const Phrase& phrase) const {
        std::vector<XQuery> words;
        for (const std::string& folded : phrase.folded)
            words.emplace_back(schema::exact_term(folded, phrase.in));
        if (words.size() == 1) return words.front();
        return {XQuery::OP_PHRASE, words.begin(), words.end(), static_cast<Xapian::termcount>(words.size())};
    }

    XQuery operator()(const Near& near) const {
        std::vector<XQuery> words;
        for (const std::string& folded : near.folded) words.emplace_back(schema::exact_term(folded, {}));
        if (words.size() == 1) return words.front();
        const auto window = static_cast<Xapian::termcount>(words.size() + near.window);
        return {XQuery::OP_NEAR, words.begin(), words.end(), window};
    }

    XQuery operator()(const Has& has) const {
        if (has.extent == Has::Extent::whole)
            return weightless(XQuery(schema::facet_term(has.facet, schema::facet_key(has.value))));
        std::vector<XQuery> words;
        for (const text::Token& token : text::analyze(has.value, "und"))
            if (token.kind != text::TokenKind::pair)
                words.emplace_back(schema::facet_word_term(has.facet, token.folded));
        return weightless(XQuery(XQuery::OP_AND, words.begin(), words.end()));
    }

    XQuery operator()(const Dated& dated) const {
        const std::string from = dated.from.empty() ? "0" : schema::days_of(dated.from).first;
        const std::string to = dated.to.empty() ? "99999999" : schema::days_of(dated.to).last;
        const XQuery begins(XQuery::OP_VALUE_RANGE, schema::first_day, "0", to);
        const XQuery ends(XQuery::OP_VALUE_RANGE, schema::last_day, from, "99999999");
        const XQuery within(XQuery::OP_FILTER, begins, ends);
        if (!dated.undated) return weightless(within);
        const XQuery undated(XQuery::OP_AND_NOT, XQuery::MatchAll, XQuery(schema::dated_term));
        return weightless(XQuery(XQuery::OP_OR, within, undated));
    }

    XQuery operator()(const AllOf& all) const {
        const std::vector<XQuery> parts = compile_each(all.parts);
        XQuery query = parts.empty() ? XQuery::MatchAll : XQuery(XQuery::OP_AND, parts.begin(), parts.end());
        if (!all.boost.empty()) query = XQuery(XQuery::OP_AND_MAYBE, query, any_of(compile_each(all.boost)));
        if (!all.none_of.empty())
            query = XQuery(XQuery::OP_AND_NOT, query, any_of(compile_each(all.none_of)));
        return query;
    }

    XQuery operator()(const AnyOf& any) const { return any_of(compile_each(any.parts)); }
    XQuery operator()(const Only& only) const { return weightless(any_of(compile_each(only.what))); }
    XQuery operator()(const Scaled& scaled) const {
        return {XQuery::OP_SCALE_WEIGHT, any_of(compile_each(scaled.what)), scaled.factor};
    }

  private:
    static XQuery weightless(const XQuery& query) { return {XQuery::OP_SCALE_WEIGHT, query, 0.0}; }

    std::vector<XQuery> compile_each(const std::vector<Query>& queries) const {
        std::vector<XQuery> compiled;
        compiled.reserve(queries.size());
        for (const Query& query : queries) compiled.push_back(std::visit(*this, query.node));
        return compiled;
    }

    const Xapian::Database& database_;
};

}  // namespace

Xapian::Query compile(const Query& query, const Xapian::Database& database) {
    return std::visit(Compiler(database), query.node);
}

}  // namespace izde::index
