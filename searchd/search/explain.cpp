// Whether a part of the query holds is asked of the index itself, in this one document, so that what is
// said here is what a search does; where its words stand is seen in the analysed text.
#include "search/explain.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

#include "search/matching.hpp"
#include "search/search.hpp"

namespace izde::search {
namespace {

using query::Tokens;

// The nearest to what was typed first.
constexpr std::array<std::string_view, 7> tier_names{"exact",   "phrase", "accents", "stem",
                                                     "variant", "typo",   "prefix"};

constexpr std::size_t most_forms = 32;          // of a tier
constexpr std::size_t most_found = 32;          // of a part of the query
constexpr std::uint32_t deepest_rank = 10'000;  // as deep as pages go

struct Section {
    std::string_view name;
    Tokens tokens;
};

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
}

std::string listed(const std::vector<std::string>& values, std::string_view last) {
    std::string list;
    for (std::size_t i = 0; i < values.size(); ++i)
        list.append(i == 0 ? "" : i + 1 == values.size() ? last : ", ").append(values[i]);
    return list;
}

std::string or_list(const std::vector<std::string>& values) {
    return listed(values, " or ");
}

std::string quoted(const std::string& text) {
    return "“" + text + "”";
}

// --- what a part of the query looks for

// A spelling as analysis cuts it: a pair of characters is two.
std::vector<std::string> parts_of(const std::string& spelling) {
    std::vector<std::string> parts;
    for (const text::Token& token : text::analyze(spelling, "und"))
        if (token.kind != text::TokenKind::pair) parts.push_back(token.exact);
    return parts;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        const bool han = static_cast<unsigned char>(word.front()) >= 0xE3;
        text.append(text.empty() || han ? "" : " ").append(word);
    }
    return text;
}

struct Forms {
    std::vector<std::vector<std::string>> words;  // of a phrase several
    std::vector<std::vector<std::string>> prefixes;

    void add(const index::Query& query) {
        std::visit([&](const auto& node) { add(node); }, query.node);
    }

  private:
    void add(const index::Word& word) {
        for (const index::Word::Tier& tier : word.tiers)
            for (const std::string& form : tier.forms) put(words, parts_of(form));
    }
    void add(const index::Phrase& phrase) { put(words, first_of_each(phrase.words)); }
    void add(const index::Near& near) { put(words, first_of_each(near.words)); }
    void add(const index::Prefix& prefix) { put(prefixes, {prefix.folded + "*"}); }
    void add(const index::AllOf& all) {
        for (const index::Query& part : all.parts) add(part);
    }
    void add(const index::AnyOf& any) {
        for (const index::Query& part : any.parts) add(part);
    }
    void add(const index::Same& same) {
        for (const index::Query& part : same.of) add(part);
    }
    void add(const index::Only& only) {
        for (const index::Query& part : only.what) add(part);
    }
    void add(const index::Scaled& scaled) {
        for (const index::Query& part : scaled.what) add(part);
    }
    template <class Other>
    void add(const Other& /*says nothing of words*/) {}

    static void put(std::vector<std::vector<std::string>>& to, std::vector<std::string> form) {
        if (!form.empty()) to.push_back(std::move(form));
    }
    // Pairs of characters overlap.
    static std::vector<std::string> first_of_each(const std::vector<std::vector<std::string>>& words) {
        std::vector<std::string> text;
        for (const auto& spellings : words) {
            if (spellings.empty()) continue;
            const std::vector<std::string> parts = parts_of(spellings.front());
            const bool overlaps = parts.size() > 1 && !text.empty() && text.back() == parts.front();
            text.insert(text.end(), parts.begin() + (overlaps ? 1 : 0), parts.end());
        }
        return text;
    }
};

// How far a form is from what was typed.
class Tiers {
  public:
    Tiers(const Tokens& typed, const query::Lookup& lookup, bool typo) : other_(typo ? "typo" : "variant") {
        std::size_t words = 0;
        for (const text::Token& token : typed) {
            if (token.kind == text::TokenKind::pair) continue;
            ++words;
            exact_.push_back(token.exact);
            for (std::string& spelling : lookup.spelt(token)) accents_.push_back(std::move(spelling));
            if (token.kind != text::TokenKind::word) continue;
            for (std::string& form : lookup.forms(token)) stems_.push_back(std::move(form));
        }
        phrase_ = words > 1;
    }

    std::string of(const std::vector<std::string>& words) const {
        return words.size() == 1 ? of_word(words.front()) : of_phrase(words);
    }

  private:
    std::string of_word(const std::string& form) const {
        if (contains(exact_, form)) return "exact";
        if (contains(accents_, form)) return "accents";
        return contains(stems_, form) ? "stem" : other_;
    }

    // Of several words in a row, as the document has them.
    std::string of_phrase(const std::vector<std::string>& words) const {
        const bool typed = phrase_ && std::ranges::all_of(words, [&](const std::string& word) {
                               return contains(exact_, word) || contains(accents_, word);
                           });
        return typed ? "phrase" : other_;
    }

    std::vector<std::string> exact_, accents_, stems_;
    std::string other_;
    bool phrase_ = false;
};

std::vector<Sought> sought_by(const index::Query& query, const std::vector<index::Query>& boost,
                              const Tiers& tiers) {
    Forms forms, raising;
    forms.add(query);
    for (const index::Query& one : boost) raising.add(one);
    std::vector<Sought> sought;
    const auto put = [&](const std::string& tier, const std::string& form) {
        auto known = std::ranges::find(sought, tier, &Sought::tier);
        if (known == sought.end()) known = sought.insert(sought.end(), {tier, {}});
        if (known->forms.size() < most_forms && !contains(known->forms, form)) known->forms.push_back(form);
    };
    for (const auto& form : forms.words) put(tiers.of(form), joined(form));
    for (const auto& form : forms.prefixes) put("prefix", form.front());
    for (const auto& form : raising.prefixes) put("prefix", form.front());
    const auto nearness = [](const Sought& one) { return std::ranges::find(tier_names, one.tier); };
    std::ranges::stable_sort(sought, {}, nearness);
    return sought;
}

// --- one explanation

class Explaining {
  public:
    Explaining(const index::Reader& reader, const query::Lexicon& lexicon, const Request& request,
               const Searched& searched, index::Document document)
        : reader_(reader), lexicon_(lexicon), lookup_(lexicon), request_(request), searched_(searched),
          document_(std::move(document)) {
        sections_.push_back({"title", text::analyze(document_.title, document_.lang)});
        sections_.push_back({"body", text::analyze(document_.body, document_.lang)});
        std::string furniture;
        for (const index::Furniture& piece : document_.boilerplate)
            furniture.append(piece.text).append("\n\n");
        sections_.push_back({"boilerplate", text::analyze(furniture, document_.lang)});
    }

    Result<Explanation> run() {
        Explanation explanation;
        for (const query::Unit& unit : searched_.units) explain_unit(unit, explanation);
        const auto& root = std::get<query::All>(searched_.parsed.syntax.node);
        for (const query::Syntax& part : root.of) explain_part(part, false, explanation);
        for (const query::Syntax& part : root.none_of) explain_part(part, true, explanation);
        explain_filters(explanation);
        explanation.matches = holds(searched_.chosen);
        explanation.all_of_it = holds(searched_.strict);
        explanation.parsed = query::to_string(searched_.parsed.syntax);
        explanation.total = searched_.total;
        if (explanation.matches) place(explanation);
        if (error_) return fail(*error_);
        document_.body.clear();
        document_.boilerplate.clear();
        explanation.document = std::move(document_);
        explanation.summary = summary_of(explanation);
        return explanation;
    }

  private:
    // --- questions to the index

    // Also where there was no time to tell.
    bool is_anywhere(const index::Query& query) {
        const index::Matches matches =
            ask(query, {.limit = 1, .counted = false, .deadline = &searched_.deadline});
        return !matches.items.empty() || !matches.complete;
    }

    bool holds(const index::Query& query) { return is_anywhere(here(query)); }

    index::Query here(const index::Query& query) const {
        return {index::AllOf{{query, {index::Identified{document_.id}}}, {}, {}}};
    }

    index::Matches ask(const index::Query& query, index::Window window,
                       const index::Refinement& refinement = {}) {
        auto matches = reader_.match(query, window, refinement);
        if (matches) return *std::move(matches);
        error_ = matches.error();
        return {};
    }

    void place(Explanation& explanation) {
        const index::Matches self =
            ask(here(searched_.chosen), {.limit = 1, .counted = false}, searched_.refinement);
        if (self.items.empty()) return;
        explanation.score = self.items.front().score;
        if (searched_.deadline.passed()) return searched_.cuts.add(Cut::rank);
        const bool newest = query_is_empty() && request_.order == index::Order::relevance;
        const index::Matches all = ask(searched_.chosen,
                                       {0, deepest_rank, newest ? index::Order::newest : request_.order,
                                        request_.fold, false, &searched_.deadline},
                                       searched_.refinement);
        if (!all.complete) return searched_.cuts.add(Cut::rank);
        const auto found = std::ranges::find(all.items, self.items.front().key, &index::Match::key);
        if (found != all.items.end()) {
            explanation.rank = static_cast<std::uint64_t>(found - all.items.begin()) + 1;
            explanation.score = found->score;
        } else if (request_.fold == index::Fold::on && !document_.group.empty()) {
            explanation.shown_as = member_shown(all);
        }
    }

    bool query_is_empty() const {
        const auto& root = std::get<query::All>(searched_.parsed.syntax.node);
        return root.of.empty() && root.none_of.empty();
    }

    std::string member_shown(const index::Matches& all) {
        const index::Matches members =
            ask({index::Member{document_.group}}, {0, deepest_rank, index::Order::oldest, index::Fold::off});
        for (const index::Match& member : members.items)
            if (std::ranges::find(all.items, member.key, &index::Match::key) != all.items.end()) {
                const auto shown = reader_.fetch(member);
                return shown ? shown->id : std::string();
            }
        return {};
    }

    // --- words

    void explain_unit(const query::Unit& unit, Explanation& explanation) {
        Asked asked;
        for (const text::Token& token : unit.tokens) {
            if (token.kind == text::TokenKind::pair) continue;
            const bool spaced = token.kind == text::TokenKind::word && !asked.text.empty();
            asked.text.append(spaced ? " " : "").append(token.exact);
            asked.tokens.push_back(token.exact);
        }
        const auto same = [&](const Asked& other) { return other.text == asked.text; };
        if (std::ranges::any_of(explanation.words, same)) return;
        asked.stop = unit.stop;
        if (unit.tokens.size() == 1) describe(unit.tokens.front(), asked);
        const Tiers tiers(unit.tokens, lookup_, was_typo(asked.text));
        asked.sought = sought_by(unit.query, unit.boost, tiers);
        find({unit.wanted}, tiers, {}, asked);
        asked.passes = holds(unit.query);
        if (!asked.passes) asked.failed_at = step_of(unit.query, asked);
        explanation.words.push_back(std::move(asked));
    }

    void describe(const text::Token& token, Asked& asked) const {
        asked.folded = token.folded;
        if (token.kind != text::TokenKind::word) return;
        for (const std::string& lang : lexicon_.languages)
            if (text::has_stemmer(lang) && text::may_be_word_of(token.exact, lang))
                asked.stems[lang] = text::Stemmer(lang).stem(token.exact);
    }

    bool was_typo(const std::string& text) const {
        return std::ranges::any_of(searched_.expansions, [&](const query::Expansion& expansion) {
            return expansion.why.starts_with("typo") && expansion.term == text;
        });
    }

    // Anything but a plain word at the top.
    void explain_part(const query::Syntax& part, bool excluded, Explanation& explanation) {
        if (!excluded && std::holds_alternative<query::Word>(part.node)) return;
        const query::Syntax alone{query::All{{part}, {}}};
        const query::Resolved resolved = query::resolve(alone, lexicon_);
        const bool has = holds(resolved.strict);
        const auto* scoped = std::get_if<query::Scoped>(&part.node);
        if (scoped != nullptr && scoped->field != "title" && scoped->field != "boilerplate") {
            const std::string wanted =
                scoped->of.empty() ? std::string() : query::to_string(scoped->of.front());
            explanation.filters.push_back(
                {scoped->field, (excluded ? "-" : "") + wanted, value_of(scoped->field), has != excluded});
            return;
        }
        Asked asked;
        asked.text = query::to_string(part);
        asked.excluded = excluded;
        asked.passes = has != excluded;
        const Tokens tokens = text::analyze(asked.text, "und");
        for (const text::Token& token : tokens)
            if (token.kind != text::TokenKind::pair) asked.tokens.push_back(token.exact);
        const Tiers tiers(tokens, lookup_, false);
        asked.sought = sought_by(resolved.strict, {}, tiers);
        find(resolved.wanted, tiers, {}, asked);
        find(resolved.furniture, tiers, "boilerplate", asked);
        if (!asked.passes)
            asked.failed_at = excluded ? "excluded by -" + asked.text : step_of(resolved.strict, asked);
        explanation.words.push_back(std::move(asked));
    }

    // Where the words stand; `only` names a section, or is empty.
    void find(const query::Wanted& wanted, const Tiers& tiers, std::string_view only, Asked& asked) const {
        if (wanted.units.empty()) return;
        if (searched_.deadline.passed()) return searched_.cuts.add(Cut::words);
        const Finder finder(wanted);
        for (const Section& section : sections_) {
            if (!only.empty() && section.name != only) continue;
            for (const Match& match : finder.find(section.tokens)) {
                const auto& terms = wanted.units[match.unit].terms;
                Finding finding = finding_at(section, match, tiers);
                if (terms.size() == 1 && !terms.front().prefix.empty()) finding.tier = "prefix";
                count(std::move(finding), asked.found);
            }
        }
    }

    static Finding finding_at(const Section& section, const Match& match, const Tiers& tiers) {
        std::vector<std::string> words;
        auto token = std::ranges::lower_bound(section.tokens, match.span.begin, {},
                                              [](const text::Token& one) { return one.span.begin; });
        for (; token != section.tokens.end() && token->span.begin < match.first_end; ++token) {
            if (token->kind == text::TokenKind::pair) continue;
            words.push_back(token->exact);
        }
        Finding finding;
        finding.form = joined(words);
        finding.tier = tiers.of(words);
        finding.where = section.name;
        finding.times = 1;
        return finding;
    }

    void count(Finding finding, std::vector<Finding>& found) const {
        const auto same = [&](const Finding& one) {
            return one.form == finding.form && one.where == finding.where && one.tier == finding.tier;
        };
        const auto known = std::ranges::find_if(found, same);
        if (known != found.end())
            ++known->times;
        else if (found.size() < most_found)
            found.push_back(std::move(finding));
        else
            searched_.cuts.add(Cut::words);
    }

    // The step at which a part that the document should have is lost.
    std::string step_of(const index::Query& query, const Asked& asked) {
        if (!is_anywhere(query)) return "not in the index";
        const auto in_furniture = [](const Finding& finding) { return finding.where == "boilerplate"; };
        if (!asked.found.empty() && std::ranges::all_of(asked.found, in_furniture))
            return "only in its furniture";
        if (!asked.found.empty()) return "not so, or not in that place";
        return "not in this document";
    }

    // --- filters

    void explain_filters(Explanation& explanation) {
        constexpr std::array facets{
            std::pair(index::Facet::lang, "lang"), std::pair(index::Facet::source, "source"),
            std::pair(index::Facet::author, "author"), std::pair(index::Facet::place, "place"),
            std::pair(index::Facet::format, "format")};
        for (const auto& [facet, name] : facets) {
            const auto wanted = request_.filters.find(facet);
            if (wanted == request_.filters.end()) continue;
            index::AnyOf any;
            for (const std::string& value : wanted->second)
                any.parts.push_back({index::Has{index::Has::Extent::whole, facet, value}});
            explanation.filters.push_back(
                {name, or_list(wanted->second), value_of(name), holds({std::move(any)})});
        }
        if (!request_.dated) return;
        const index::Dated& dated = *request_.dated;
        std::string wanted = dated.from == dated.to ? dated.from : dated.from + ".." + dated.to;
        if (wanted.empty()) wanted = "any date";
        if (dated.undated) wanted += " or none";
        explanation.filters.push_back({"date", wanted, document_.date.value, holds({dated})});
    }

    std::string value_of(std::string_view field) const {
        if (field == "lang") return document_.lang;
        if (field == "source") return document_.source;
        if (field == "author") return document_.author;
        if (field == "place") return document_.place;
        if (field == "format") return document_.format;
        if (field == "path") return document_.path;
        if (field == "date") return document_.date.value;
        return {};
    }

    // --- in one sentence or two

    static std::string summary_of(const Explanation& explanation) {
        const std::string place = place_of(explanation);
        if (explanation.matches && explanation.all_of_it)
            return "It has all that was asked for" + place + ".";
        std::vector<std::string> missing;
        for (const Asked& asked : explanation.words)
            if (!asked.passes && !asked.excluded && !asked.stop) missing.push_back(quoted(asked.text));
        const std::string lacks = "It lacks " + listed(missing, " and ");
        if (explanation.matches) {
            if (missing.empty()) return "It has enough of what was asked for" + place + ".";
            return lacks + ", but few documents have everything, so it was found by the rest" + place + ".";
        }
        const auto failed = std::ranges::find(explanation.filters, false, &Passed::passes);
        if (failed != explanation.filters.end()) return refused_by(*failed);
        for (const Asked& asked : explanation.words)
            if (!asked.passes && asked.excluded)
                return "It has " + quoted(asked.text) + ", which the query excludes.";
        if (missing.size() == 1) return lacks + ": " + step_in(explanation) + ".";
        if (!missing.empty()) return lacks + ".";
        return "It does not have what was asked for.";
    }

    static std::string step_in(const Explanation& explanation) {
        for (const Asked& asked : explanation.words)
            if (!asked.passes && !asked.excluded && !asked.stop) return asked.failed_at;
        return {};
    }

    static std::string refused_by(const Passed& filter) {
        const std::string has =
            filter.has.empty() ? "the document has none" : "the document has " + quoted(filter.has);
        return "It is left out by " + filter.name + ":" + filter.wanted + ", since " + has + ".";
    }

    static std::string place_of(const Explanation& explanation) {
        if (explanation.rank)
            return " and is number " + std::to_string(*explanation.rank) + " of " +
                   std::to_string(explanation.total);
        if (!explanation.shown_as.empty())
            return " and is folded under " + explanation.shown_as + ", which is like it";
        return "";
    }

    const index::Reader& reader_;
    const query::Lexicon& lexicon_;
    query::Lookup lookup_;
    const Request& request_;
    const Searched& searched_;
    index::Document document_;
    std::vector<Section> sections_;
    std::optional<Error> error_;
};

}  // namespace

Result<Explanation> explain(const index::Reader& reader, const query::Lexicon& lexicon,
                            const Request& request, const Searched& searched, index::Document document) {
    return Explaining(reader, lexicon, request, searched, std::move(document)).run();
}

}  // namespace izde::search
