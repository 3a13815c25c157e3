#include "izde/index/query.hpp"

#include <array>
#include <charconv>

namespace izde::index {
namespace {

std::string_view name_of(Facet facet) {
    constexpr std::array<std::string_view, 6> names{"lang", "source", "author", "place", "format", "path"};
    return names.at(static_cast<std::size_t>(facet));
}

std::string in_field(std::optional<Field> in) {
    if (!in) return {};
    return *in == Field::title ? "title:" : "boilerplate:";
}

std::string join(const std::vector<std::string>& words, const char* between) {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : between) + word;
    return joined;
}

std::string join(const std::vector<std::vector<std::string>>& words) {
    std::string joined;
    for (const auto& spellings : words) joined += (joined.empty() ? "" : " ") + join(spellings, "|");
    return joined;
}

std::string shortest(double number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string join(const std::vector<Query>& queries, const std::string& between) {
    std::string joined;
    for (const Query& query : queries) joined += (joined.empty() ? "" : between) + to_string(query);
    return joined;
}

struct Printer {
    std::string operator()(const Nothing&) const { return "nothing"; }
    std::string operator()(const Everything&) const { return "everything"; }
    std::string operator()(const Word& word) const {
        std::string printed;
        for (const Word::Tier& tier : word.tiers) {
            if (!printed.empty()) printed += " + ";
            if (tier.weight != 1.0) printed += shortest(tier.weight) + "*";
            printed += join(tier.forms, "|");
        }
        return in_field(word.in) + printed;
    }
    std::string operator()(const Prefix& prefix) const { return in_field(prefix.in) + prefix.folded + "*"; }
    std::string operator()(const Phrase& phrase) const {
        return in_field(phrase.in) + "\"" + join(phrase.words) + "\"";
    }
    std::string operator()(const Near& near) const {
        return in_field(near.in) + "NEAR/" + std::to_string(near.window) + "(" + join(near.words) + ")";
    }
    std::string operator()(const Has& has) const { return std::string(name_of(has.facet)) + ":" + has.value; }
    std::string operator()(const Member& member) const { return "group:" + member.group; }
    std::string operator()(const Identified& identified) const { return "id:" + identified.id; }
    std::string operator()(const Titled& titled) const { return "titled:" + titled.title; }
    std::string operator()(const Dated& dated) const { return "date:" + dated.from + ".." + dated.to; }
    std::string operator()(const AllOf& all) const {
        std::string printed = "(" + join(all.parts, " AND ");
        if (!all.boost.empty()) printed += " MAYBE " + join(all.boost, " ");
        if (!all.none_of.empty()) printed += " NOT " + join(all.none_of, " ");
        return printed + ")";
    }
    std::string operator()(const AnyOf& any) const { return "(" + join(any.parts, " OR ") + ")"; }
    std::string operator()(const Same& same) const { return "SAME(" + join(same.of, " ") + ")"; }
    std::string operator()(const Only& only) const { return "ONLY(" + join(only.what, " OR ") + ")"; }
    std::string operator()(const Scaled& scaled) const {
        return shortest(scaled.factor) + "*(" + join(scaled.what, " OR ") + ")";
    }
};

}  // namespace

std::string to_string(const Query& query) {
    return std::visit(Printer{}, query.node);
}

}  // namespace izde::index
