// Which documents answers hold, to compare with those that were expected.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "search/search.hpp"
#include "support/tiny_index.hpp"

namespace izde::tests {

using Ids = std::vector<std::string>;
using IdSet = std::set<std::string>;

// In the order of the hits.
inline Ids ids_of(const std::vector<search::Hit>& hits) {
    Ids ids;
    for (const search::Hit& hit : hits) ids.push_back(hit.document.id);
    return ids;
}
inline Ids ids_of(const search::Reply& reply) {
    return ids_of(reply.hits);
}

inline IdSet set_of(const search::Reply& reply) {
    const Ids ids = ids_of(reply);
    return {ids.begin(), ids.end()};
}

// Of the documents that make_document made under these numbers.
inline IdSet numbered(const std::vector<std::size_t>& numbers) {
    IdSet set;
    for (const std::size_t number : numbers) set.insert(hex_id(number));
    return set;
}

}  // namespace izde::tests
