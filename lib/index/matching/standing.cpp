#include "index/matching/standing.hpp"

#include <algorithm>
#include <iterator>

namespace izde::index::matching {

bool Standing::is_as_asked(const Node& node, std::uint32_t document) {
    words_.resize(node.words.size());
    for (std::size_t word = 0; word < words_.size(); ++word) {
        Positions& positions = words_[word];
        positions.clear();
        for (const std::string& term : node.words[word])
            std::copy(database_.positionlist_begin(document, term),
                      database_.positionlist_end(document, term), std::back_inserter(positions));
        settle(positions);
    }
    return node.kind == Node::Kind::row ? has_phrase(words_) : has_near(words_, node.reach);
}

}  // namespace izde::index::matching
