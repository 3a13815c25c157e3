#include "index/matching/standing.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace izde::index::matching {

bool Standing::is_as_asked(const Node& node, std::uint32_t document) {
    Words& words = words_of(node);
    if (words.empty()) return false;
    return node.kind == Node::Kind::row ? stand_in_row(words, document)
                                        : stand_near(words, document, node.reach);
}

// The words of a phrase that are everywhere are hardly ever read: the others do not stand as they should.
bool Standing::stand_in_row(Words& words, std::uint32_t document) {
    for (Word& word : words) {
        if (!read(word, document, positions_)) return false;
        if (&word == &words.front())
            begin_phrase(starts_, positions_, word.place);
        else
            narrow_phrase(starts_, positions_, word.place);
        if (starts_.empty()) return false;
    }
    return true;
}

bool Standing::stand_near(Words& words, std::uint32_t document, std::uint32_t reach) {
    if (near_.size() < words.size()) near_.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!read(words[i], document, near_[i])) return false;
    return has_near(std::span(near_).first(words.size()), reach);
}

bool Standing::read(Word& word, std::uint32_t document, Positions& positions) {
    positions.clear();
    for (positions::Cursor& term : word.terms) term.read(document, positions);
    settle(positions);
    return !positions.empty();
}

Standing::Words& Standing::words_of(const Node& node) {
    const auto [at, is_new] = words_.try_emplace(&node);
    if (!is_new) return at->second;
    for (const std::vector<std::string>& terms : node.words) {
        Word word;
        word.place = static_cast<std::uint32_t>(at->second.size());
        for (const std::string& term : terms) {
            const positions::List list = lists_.find(term);
            word.bytes += list.bytes().size();
            word.terms.emplace_back(list);
        }
        at->second.push_back(std::move(word));
    }
    std::ranges::stable_sort(at->second, {}, &Word::bytes);
    return at->second;
}

}  // namespace izde::index::matching
