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
    struct Word {
        std::uint32_t place = 0;  // words before it
        std::size_t bytes = 0;    // of its lists
        std::vector<positions::Cursor> terms;
    };
    using Words = std::vector<Word>;  // what takes least to read first
    Words& words_of(const Node& node);
    bool stand_in_row(Words& words, std::uint32_t document);
    bool stand_near(Words& words, std::uint32_t document, std::uint32_t reach);
    bool read(Word& word, std::uint32_t document, Positions& positions);  // false: it does not stand there

    const positions::Lists& lists_;
    std::unordered_map<const Node*, Words> words_;
    Positions starts_, positions_;
    std::vector<Positions> near_;
};

}  // namespace izde::index::matching
