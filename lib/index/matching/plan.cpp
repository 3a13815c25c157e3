#include "index/matching/plan.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

#include "izde/text/analyze.hpp"

#include "index/glass/codes.hpp"
#include "index/glass/run.hpp"
#include "index/schema.hpp"

namespace izde::index::matching {
namespace {

// More than the words of a title score, so that what is called as the query reads comes first.
constexpr double title_bonus = 20;

using Kind = Node::Kind;

class Planner {
  public:
    Planner(const Tables& tables, Plan& plan) : tables_(tables), plan_(plan), finder_(tables.postings) {}

    // `factor`: of the score; 0: only whether it matches.
    Node of(const Query& query, double factor) {
        const double before = std::exchange(factor_, factor);
        Node node = std::visit(*this, query.node);
        factor_ = before;
        return node;
    }

    Node operator()(const Nothing&) { return {}; }
    Node operator()(const Everything&) { return everything(); }

    Node operator()(const Word& word) {
        if (factor_ == 0) return one_word(each_form(word), word.in);
        std::vector<Node> tiers;
        for (std::size_t i = 0; i < word.tiers.size(); ++i) {
            // Tiers of the same forms read their lists once.
            const std::vector<std::string>& forms = word.tiers[i].forms;
            const auto same = [&](const Word::Tier& other) { return other.forms == forms; };
            const auto before = word.tiers.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::any_of(word.tiers.begin(), before, same)) continue;
            double weight = 0;
            for (const Word::Tier& tier : word.tiers)
                if (same(tier)) weight += tier.weight;
            tiers.push_back(scaled(weight, [&] { return one_word(forms, word.in); }));
        }
        return any_of(std::move(tiers));
    }

    Node operator()(const Prefix& prefix) {
        return one_word(tables_.vocabulary.completions(prefix.folded, prefix.most), prefix.in);
    }

    Node operator()(const Phrase& phrase) {
        if (phrase.words.size() == 1) return each_spelt(phrase.words.front(), phrase.in);
        return in_row(Kind::row, phrase.words, phrase.in);
    }

    Node operator()(const Near& near) {
        if (near.words.size() == 1) return each_spelt(near.words.front(), near.in);
        Node node = in_row(Kind::near, near.words, near.in);
        node.reach = static_cast<std::uint32_t>(near.words.size()) + near.window;
        return node;
    }

    Node operator()(const Has& has) {
        if (has.extent == Has::Extent::whole)
            return plain({schema::facet_term(has.facet, schema::facet_key(has.value))});
        std::vector<Node> words;
        for (const text::Token& token : text::analyze(has.value, "und"))
            if (token.kind != text::TokenKind::pair)
                words.push_back(plain({schema::facet_word_term(has.facet, token.folded)}));
        return words.empty() ? Node() : all_of(Kind::all, std::move(words));
    }

    Node operator()(const Member& member) { return plain({schema::group_term(member.group)}); }
    Node operator()(const Identified& identified) { return plain({schema::id_term(identified.id)}); }

    Node operator()(const Titled& titled) {
        const std::string term = schema::title_term(titled.title);
        if (term.empty()) return {};
        Node node = plain({term});
        node.most = node.bonus = title_bonus * factor_;
        return node;
    }

    Node operator()(const Dated& dated) {
        std::vector<std::string> whole, in_part;  // years, and those of which the range has only some days
        if (dated.undated) whole.emplace_back(schema::undated_term);
        const std::string_view first = std::string_view(dated.from).substr(0, 4),
                               last = std::string_view(dated.to).substr(0, 4);
        for (const auto& [year, documents] : tables_.by_year) {
            if (year.empty() || year < first || (!last.empty() && year > last)) continue;
            const bool is_whole =
                (year != first || is_year(dated.from)) && (year != last || is_year(dated.to));
            (is_whole ? whole : in_part).push_back(schema::year_term(year));
        }
        std::vector<Node> parts;
        parts.push_back(plain(whole));
        if (!in_part.empty()) {
            std::vector<Node> years;
            years.push_back(plain(in_part));
            parts.push_back(all_of(Kind::days, std::move(years)));
            parts.back().from = dated.from.empty() ? "0" : schema::days_of(dated.from).first;
            parts.back().to = dated.to.empty() ? "99999999" : schema::days_of(dated.to).last;
        }
        return any_of(std::move(parts));
    }

    Node operator()(const AllOf& all) {
        std::vector<Node> parts = each(all.parts, factor_);
        if (parts.empty()) parts.push_back(everything());
        if (parts.size() == 1 && all.none_of.empty() && (all.boost.empty() || factor_ == 0))
            return std::move(parts.front());
        std::vector<Node> none_of = each(all.none_of, 0);
        std::vector<Node> boost = each(factor_ != 0 ? all.boost : std::vector<Query>{}, factor_);
        splice(parts, none_of, boost);
        Node node = all_of(Kind::all, std::move(parts));
        if (node.kind == Kind::nothing) return node;
        node.none_of = std::move(none_of);
        node.boost = std::move(boost);
        std::erase_if(node.none_of, is_nothing);
        std::erase_if(node.boost, is_nothing);
        std::ranges::stable_sort(node.boost, {},
                                 [](const Node& part) { return std::pair(-part.bonus, part.frequency); });
        for (const Node& part : node.boost) node.most += part.most;
        for (const Node& part : node.none_of)
            node.frequency *= 1 - std::min(1.0, part.frequency / tables_.bm25.documents);
        return node;
    }

    Node operator()(const AnyOf& any) { return any_of(each(any.parts, factor_)); }

    // How often the parts occur is summed up, so lists are read a second time where only some documents of
    // theirs count.
    Node operator()(const Same& same) {
        if (factor_ == 0) return any_of(each(same.of, 0));
        Node node = any_of(each(same.of, factor_), Kind::same);
        if (node.kind == Kind::nothing) return node;
        if (const auto lists = lists_in(node.parts); !lists.empty()) {
            node.kind = Kind::terms;
            node.lists = lists;
            node.parts.clear();
        } else {
            use_again(node);
        }
        node.most = node.weight = tables_.bm25.weight(node.frequency) * factor_;
        return node;
    }

    Node operator()(const Only& only) { return any_of(each(only.what, 0)); }
    Node operator()(const Scaled& scaled_query) {
        return scaled(scaled_query.factor, [&] { return any_of(each(scaled_query.what, factor_)); });
    }

  private:
    template <class Make>
    Node scaled(double factor, Make make) {
        const double before = std::exchange(factor_, factor_ * factor);
        Node node = make();
        factor_ = before;
        return node;
    }

    std::vector<Node> each(const std::vector<Query>& queries, double factor) {
        std::vector<Node> nodes;
        nodes.reserve(queries.size());
        for (const Query& query : queries) nodes.push_back(of(query, factor));
        return nodes;
    }

    static bool is_year(std::string_view date) { return date.empty() || date.size() == 4; }

    // A form may be in several tiers.
    static std::vector<std::string> each_form(const Word& word) {
        std::vector<std::string> forms;
        for (const Word::Tier& tier : word.tiers)
            forms.insert(forms.end(), tier.forms.begin(), tier.forms.end());
        std::ranges::sort(forms);
        forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
        return forms;
    }

    static std::vector<std::string> terms_of(const std::vector<std::string>& forms, std::optional<Field> in) {
        std::vector<std::string> terms;
        terms.reserve(forms.size());
        for (const std::string& form : forms) terms.push_back(schema::exact_term(form, in));
        return terms;
    }

    Node one_word(const std::vector<std::string>& forms, std::optional<Field> in) {
        Node node = plain(terms_of(forms, in));
        if (factor_ != 0 && !is_nothing(node))
            node.most = node.weight = tables_.bm25.weight(node.frequency) * factor_;
        return node;
    }

    // Documents with any of the terms, without a score.
    Node plain(const std::vector<std::string>& terms) {
        Node node;
        std::vector<double> frequencies;
        node.lists.reserve(terms.size());
        frequencies.reserve(terms.size());
        ++nodes_;
        for (const std::string& term : terms) {
            const std::uint32_t number = number_of(term);
            List& list = plan_.lists[number];
            const double having = list.cursor.frequency();
            if (having == 0 || std::exchange(list.last_node, nodes_) == nodes_) continue;
            ++list.uses;
            node.lists.push_back(number);
            frequencies.push_back(having);
        }
        if (node.lists.empty()) return node;
        node.kind = Kind::terms;
        node.frequency = with_any(std::move(frequencies));
        return node;
    }

    // How many documents have any of what is as frequent as that: as if having one told nothing of the
    // others, two at a time and in whole documents, the rarest first. Xapian guesses so.
    double with_any(std::vector<double> frequencies) const {
        const std::ranges::greater rarer{};
        std::ranges::make_heap(frequencies, rarer);
        while (frequencies.size() > 1) {
            std::ranges::pop_heap(frequencies, rarer);
            const double one = frequencies.back();
            frequencies.pop_back();
            std::ranges::pop_heap(frequencies, rarer);
            double& other = frequencies.back();
            other = std::floor(one + other - one * other / tables_.bm25.documents + 0.5);
            std::ranges::push_heap(frequencies, rarer);
        }
        return frequencies.front();
    }

    Node everything() {
        Node node;
        const std::uint32_t number = list_of(std::string(), std::string(glass::lengths_key));
        node.frequency = tables_.bm25.documents;
        node.kind = Kind::terms;
        ++plan_.lists[number].uses;
        node.lists.push_back(number);
        return node;
    }

    std::uint32_t number_of(const std::string& term) {
        std::string key;
        glass::put_term(key, term);
        return list_of(term, std::move(key));
    }

    std::uint32_t list_of(const std::string& term, std::string key) {
        const auto [known, is_new] =
            plan_.numbers.try_emplace(term, static_cast<std::uint32_t>(plan_.lists.size()));
        if (is_new) plan_.lists.emplace_back(finder_, std::move(key));
        return known->second;
    }

    // Each spelling counts as a word of its own.
    Node each_spelt(const std::vector<std::string>& spellings, std::optional<Field> in) {
        if (factor_ == 0) return one_word(spellings, in);
        std::vector<Node> spelt;
        spelt.reserve(spellings.size());
        for (const std::string& spelling : spellings) spelt.push_back(one_word({spelling}, in));
        return any_of(std::move(spelt));
    }

    Node in_row(Kind kind, const std::vector<std::vector<std::string>>& words, std::optional<Field> in) {
        std::vector<Node> parts;
        parts.reserve(words.size());
        for (const auto& spellings : words) parts.push_back(each_spelt(spellings, in));
        Node node = all_of(kind, std::move(parts));
        if (node.kind == Kind::nothing) return node;
        node.frequency /= kind == Kind::row ? 4 : 2;  // as Xapian guesses
        for (const auto& spellings : words) node.words.push_back(terms_of(spellings, in));
        return node;
    }

    static bool is_nothing(const Node& node) { return node.kind == Kind::nothing; }

    // What AND requires of AND is required of the whole, and what raises the one raises the other.
    static void splice(std::vector<Node>& parts, std::vector<Node>& none_of, std::vector<Node>& boost) {
        std::vector<Node> spliced;
        const auto move_to = [](std::vector<Node>& to, std::vector<Node>& from) {
            std::ranges::move(from, std::back_inserter(to));
        };
        for (Node& part : parts) {
            if (part.kind != Kind::all) {
                spliced.push_back(std::move(part));
                continue;
            }
            move_to(spliced, part.parts);
            move_to(none_of, part.none_of);
            move_to(boost, part.boost);
        }
        parts = std::move(spliced);
    }

    Node any_of(std::vector<Node> parts, Kind kind = Kind::any) {
        std::erase_if(parts, is_nothing);
        if (parts.empty()) return {};
        if (parts.size() == 1 && kind == Kind::any) return std::move(parts.front());
        Node node;
        node.kind = kind;
        std::vector<double> frequencies;
        frequencies.reserve(parts.size());
        node.parts.reserve(parts.size());
        for (Node& part : parts) {
            frequencies.push_back(part.frequency);
            node.most += part.most;
            if (part.kind == Kind::any)
                std::ranges::move(part.parts, std::back_inserter(node.parts));
            else
                node.parts.push_back(std::move(part));
        }
        node.frequency = with_any(std::move(frequencies));
        std::ranges::stable_sort(node.parts, std::ranges::greater{}, &Node::most);
        return node;
    }

    Node all_of(Kind kind, std::vector<Node> parts) {
        Node node;
        node.frequency = tables_.bm25.documents;
        for (const Node& part : parts) {
            if (is_nothing(part)) return {};
            node.most += part.most;
            node.frequency *= part.frequency / tables_.bm25.documents;
        }
        node.kind = kind;
        node.parts = std::move(parts);
        std::ranges::stable_sort(node.parts, {}, &Node::frequency);
        return node;
    }

    // Of parts that are lists of terms only; none otherwise.
    static std::vector<std::uint32_t> lists_in(const std::vector<Node>& parts) {
        std::vector<std::uint32_t> lists;
        for (const Node& part : parts) {
            const auto found = part.kind == Kind::any ? lists_in(part.parts) : part.lists;
            if (found.empty()) return {};
            lists.insert(lists.end(), found.begin(), found.end());
        }
        return lists;
    }

    void use_again(const Node& node) {
        for (const std::uint32_t list : node.lists) ++plan_.lists[list].uses;
        for (const auto* nodes : {&node.parts, &node.none_of, &node.boost})
            for (const Node& one : *nodes) use_again(one);
    }

    const Tables& tables_;
    Plan& plan_;
    glass::TableCursor finder_;
    std::size_t nodes_ = 0;
    double factor_ = 1;
};

}  // namespace

double Bm25::weight(double having) const {
    double rarity = (documents - having + 0.5) / (having + 0.5);
    if (rarity < 2) rarity = rarity * 0.5 + 1;
    return std::log(rarity) * (k1 + 1);
}

Plan make_plan(const Query& query, const Tables& tables, Scores scores) {
    Plan plan;
    plan.root = Planner(tables, plan).of(query, scores == Scores::yes ? 1 : 0);
    return plan;
}

}  // namespace izde::index::matching
