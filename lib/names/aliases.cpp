#include "izde/names/aliases.hpp"

#include <algorithm>
#include <tuple>

#include "izde/names/keys.hpp"

namespace izde::names {
namespace {

constexpr char key_mark = '\x01';        // no form begins with it
constexpr std::size_t shortest_key = 5;  // опек is not OPEC

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::any_of(a,
                               [&](const std::string& one) { return std::ranges::find(b, one) != b.end(); });
}

bool meet(const Word& a, const Word& b) {
    return share(a.forms, b.forms) || share(a.keys, b.keys);
}

bool same(const Word& a, const Word& b) {
    return a.forms.front() == b.forms.front();
}

Word make_word(const text::Token& token, const MoreForms& more) {
    Word word{{token.folded}, {}};
    if (more)
        for (std::string& form : more(token))
            if (std::ranges::find(word.forms, form) == word.forms.end())
                word.forms.push_back(std::move(form));
    for (const std::string& form : word.forms)
        for (std::string& key : name_keys(form))
            if (key.size() >= shortest_key) word.keys.push_back(std::move(key));
    std::ranges::sort(word.keys);
    word.keys.erase(std::unique(word.keys.begin(), word.keys.end()), word.keys.end());
    return word;
}

// What a member's first word is found by.
std::vector<std::string> handles(const Word& word) {
    std::vector<std::string> all = word.forms;
    for (const std::string& key : word.keys) all.push_back(key_mark + key);
    return all;
}

}  // namespace

std::vector<Word> words_of(std::span<const text::Token> tokens, const MoreForms& more) {
    std::vector<Word> words;
    for (const text::Token& token : tokens)
        if (token.kind != text::TokenKind::pair) words.push_back(make_word(token, more));
    return words;
}

std::vector<Aliases::Place> Aliases::places(const Word& first) const {
    std::vector<Place> found;
    for (const std::string& handle : handles(first))
        if (const auto it = by_first_word_.find(handle); it != by_first_word_.end())
            found.insert(found.end(), it->second.begin(), it->second.end());
    return found;
}

std::vector<Match> Aliases::find(std::span<const Word> query, std::size_t at) const {
    std::vector<Match> matches;
    if (at >= query.size()) return matches;
    for (const auto& [group, member] : places(query[at])) {
        const auto& words = groups_[group].members[member].words;
        if (words.size() > query.size() - at) continue;
        const auto said = query.subspan(at, words.size());
        if (!std::ranges::equal(words, said, meet)) continue;
        matches.push_back({&groups_[group], member, words.size(), std::ranges::equal(words, said, same)});
    }
    std::ranges::sort(matches, [](const Match& a, const Match& b) {
        return std::tuple(b.words, b.exact, a.group, a.member) <
               std::tuple(a.words, a.exact, b.group, b.member);
    });
    std::vector<Match> first_of_each;
    for (const Match& match : matches)
        if (std::ranges::find(first_of_each, match.group, &Match::group) == first_of_each.end())
            first_of_each.push_back(match);
    return first_of_each;
}

void Aliases::add(Group group) {
    for (std::size_t member = 0; member < group.members.size(); ++member)
        for (std::string& handle : handles(group.members[member].words.front()))
            by_first_word_[std::move(handle)].push_back({groups_.size(), member});
    groups_.push_back(std::move(group));
}

void Aliases::merge(const Aliases& others) {
    for (const Group& group : others.groups_) add(group);
}

}  // namespace izde::names
