// Stories for the tests of near-duplicates: made of numbered sentences, so that what is the same in two is
// plain.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "clip/duplicates.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

namespace izde::tests {

// As many different sentences as one likes, `seed` apart from each other.
inline std::string sentences(std::size_t first, std::size_t count, std::size_t seed = 0) {
    static const std::vector<std::string> words{
        "river",  "council", "opens",  "winter",   "bread",   "teacher", "along",   "harbour",
        "quiet",  "letters", "garden", "market",   "carries", "old",     "stone",   "window",
        "behind", "singers", "grey",   "mountain", "boats",   "library", "promise", "narrow",
        "train",  "village", "under",  "lamps",    "seven",   "bridges"};
    std::string text;
    std::size_t state = seed * 7919 + 17;
    for (std::size_t sentence = 0; sentence < first + count; ++sentence) {
        std::string line = "The";
        for (int word = 0; word < 11; ++word) {
            state = (state * 1103515245 + 12345) % 2147483648;
            line += " " + words[state / 65536 % words.size()];
        }
        if (sentence >= first) text += line + ".\n";
    }
    return text;
}

// Each document's group, empty for none, in the order the documents are given; seen in another order.
inline std::vector<index::Document> grouped(const std::vector<index::Document>& documents,
                                            const std::vector<std::size_t>& order, unsigned jobs = 1) {
    const TempDir dir;
    clip::Duplicates duplicates(expect(clip::Duplicates::Prints::create(dir.path())));
    for (const std::size_t number : order) expect(duplicates.see(documents[number]));
    expect(
        duplicates.group([&](std::size_t number) { return Result(documents[order[number]]); }, {}, {}, jobs));
    std::vector<index::Document> marked = documents;
    for (std::size_t i = 0; i < order.size(); ++i) duplicates.mark(i, marked[order[i]]);
    return marked;
}

inline std::vector<index::Document> grouped(const std::vector<index::Document>& documents) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < documents.size(); ++i) order.push_back(i);
    return grouped(documents, order);
}

inline bool fold(const index::Document& a, const index::Document& b) {
    const auto marked = grouped({a, b});
    return !marked[0].group.empty() && marked[0].group == marked[1].group;
}

}  // namespace izde::tests
