// Tested by variants_test.cpp.
#include "query/field_names.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "izde/names/keys.hpp"
#include "izde/text/analyze.hpp"

#include "query/name_forms.hpp"

namespace izde::query {
namespace {

constexpr std::size_t max_names = 24;  // beside what was typed

class FieldNames {
  public:
    FieldNames(index::Facet facet, const std::string& field, const std::string& value, const Lookup& lookup,
               const names::Aliases& aliases)
        : facet_(facet), field_(field), value_(value), lookup_(lookup), aliases_(aliases),
          tokens_(text::analyze(value, "und")) {
        std::erase_if(tokens_, [](const text::Token& one) { return one.kind == text::TokenKind::pair; });
        words_ = names::words_of(tokens_, name_forms);
    }

    index::Query run(std::vector<Expansion>& told) {
        index::AllOf all;
        for (std::size_t i = 0; i < tokens_.size() && i < words_.size();) {
            const std::size_t taken = name_at(i, told);
            all.parts.push_back(name_.parts.size() == 1 ? std::move(name_.parts.front())
                                                        : index::Query{std::move(name_)});
            i += taken;
        }
        if (all.parts.empty()) return has(value_);
        return all.parts.size() == 1 ? std::move(all.parts.front()) : index::Query{std::move(all)};
    }

  private:
    index::Query has(const std::string& words) const {
        return {index::Has{index::Has::Extent::words, facet_, words}};
    }

    // Leaves in name_ what begins with a word, by all its names; gives how many words it is.
    std::size_t name_at(std::size_t i, std::vector<Expansion>& told) {
        name_ = {};
        also_.clear();
        why_.clear();
        const bool is_hurried = lookup_.is_out_of_time();
        const auto matches = is_hurried ? std::vector<names::Match>() : aliases_.find(words_, i);
        const std::size_t taken = matches.empty() ? 1 : matches.front().words;
        const std::size_t begin = tokens_[i].span.begin, end = tokens_[i + taken - 1].span.end;
        const std::string typed = value_.substr(begin, end - begin);
        mentioned_ = {folded(typed)};
        name_.parts.push_back(has(typed));
        for (const names::Match& match : matches)
            if (match.words == taken) add_group(match);
        if (taken == 1 && !is_hurried) add_namesakes(tokens_[i]);
        tell(field_ + ":" + typed, told);
        return taken;
    }

    // Where a year is told of a name, only documents of that time mean it.
    void add_group(const names::Match& match) {
        for (std::size_t i = 0; i < match.group->members.size(); ++i) {
            const names::Member& member = match.group->members[i];
            if (i == match.member || !is_new(member.text)) continue;
            if (why_.empty()) why_ = "alias:" + match.group->label;
            add(member.text, by_years(has(member.text), member.years));
        }
    }

    void add_namesakes(const text::Token& token) {
        if (token.kind != text::TokenKind::word) return;
        for (const std::string& form : name_forms(token))
            for (const std::string& key : names::name_keys(form))
                for (const std::string& name : lookup_.vocabulary().namesakes(key)) {
                    if (!is_new(name)) continue;
                    if (why_.empty()) why_ = "spelling";
                    add(name, has(name));
                }
    }

    void add(const std::string& name, index::Query query) {
        also_.push_back(name);
        name_.parts.push_back(std::move(query));
    }

    // Whether a name is another one than those before, as facets compare them, and there is room for it.
    bool is_new(const std::string& name) {
        if (!mentioned_.insert(folded(name)).second) return false;
        if (also_.size() < max_names) return true;
        lookup_.tell(Trouble::many_forms, tokens_.front().exact);
        return false;
    }

    static std::string folded(const std::string& name) {
        std::string words;
        for (const text::Token& token : text::analyze(name, "und"))
            if (token.kind != text::TokenKind::pair) words.append(token.folded).append(" ");
        return words;
    }

    // What was asked for twice is told of once.
    void tell(const std::string& term, std::vector<Expansion>& told) {
        const bool is_known = std::ranges::find(told, term, &Expansion::term) != told.end();
        if (!also_.empty() && !is_known) told.push_back({term, std::move(also_), std::move(why_)});
    }

    index::Facet facet_;
    const std::string &field_, &value_;
    const Lookup& lookup_;
    const names::Aliases& aliases_;
    Tokens tokens_;  // without pairs, as names::words_of has them
    std::vector<names::Word> words_;

    // Of the name that is looked at.
    index::AnyOf name_;
    std::vector<std::string> also_;
    std::set<std::string> mentioned_;
    std::string why_;
};

}  // namespace

index::Query by_any_name(index::Facet facet, const std::string& field, const std::string& value,
                         const Lookup& lookup, const names::Aliases& aliases, std::vector<Expansion>& told) {
    return FieldNames(facet, field, value, lookup, aliases).run(told);
}

}  // namespace izde::query
