// Where words stand in a document.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "index/matching/plan.hpp"
#include "index/phrase.hpp"
#include "index/positions/lists.hpp"

namespace izde::index::matching {

// For one pass over one plan; cheap where documents ascend. One thread; lists and plan must outlive it.
// Throws glass::Damaged.
class Standing {
  public:
    explicit Standing(const positions::Lists& lists) : lists_(lists) {}

    // Whether the words of a row, or those that shall be near, do so in this document.
    bool is_as_asked(const Node& node, std::uint32_t document);

  private:
    using Cursors = std::vector<std::vector<positions::Cursor>>;  // of each word, of each term
    Cursors& cursors_of(const Node& node);

    const positions::Lists& lists_;
    std::unordered_map<const Node*, Cursors> cursors_;
    std::vector<Positions> words_;
};

}  // namespace izde::index::matching
