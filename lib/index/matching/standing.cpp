#include "index/matching/standing.hpp"

#include <span>

namespace izde::index::matching {

bool Standing::is_as_asked(const Node& node, std::uint32_t document) {
    Cursors& cursors = cursors_of(node);
    if (words_.size() < cursors.size()) words_.resize(cursors.size());
    for (std::size_t word = 0; word < cursors.size(); ++word) {
        Positions& positions = words_[word];
        positions.clear();
        for (positions::Cursor& cursor : cursors[word]) cursor.read(document, positions);
        if (positions.empty()) return false;
        settle(positions);
    }
    const auto words = std::span(words_).first(cursors.size());
    return node.kind == Node::Kind::row ? has_phrase(words) : has_near(words, node.reach);
}

Standing::Cursors& Standing::cursors_of(const Node& node) {
    const auto [at, is_new] = cursors_.try_emplace(&node);
    if (is_new)
        for (const std::vector<std::string>& terms : node.words) {
            auto& of_word = at->second.emplace_back();
            for (const std::string& term : terms) of_word.emplace_back(lists_.find(term));
        }
    return at->second;
}

}  // namespace izde::index::matching
