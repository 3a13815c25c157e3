// Lines that stand in many documents of an archive at their beginning or end, give or take a word:
// mastheads, footers, newsletters that no rule knows.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

#include "clip/units.hpp"

namespace izde::clip {

// Used in two steps: see() every document as its reader gave it, then ask. What it learns depends on the
// set of documents only, not on their order. Counts runs of three words in tables of a fixed size (16 MB;
// a count-min sketch, Cormode and Muthukrishnan 2005): a run may be counted too often, which in archives
// of millions of texts hides rare footers, and makes none of what is no footer. One thread.
class Repetition {
  public:
    Repetition();

    void see(const index::Document& document);

    // Of each unit whether it is furniture that repeats. A reprint, most of whose text stands elsewhere
    // as well, loses only what repeats far more often than the rest of it.
    std::vector<bool> judge(Units& units) const;

  private:
    using Counts = std::vector<std::uint16_t>;

    void count(Counts& counts, std::uint64_t run) const;
    std::uint16_t count_of(const Counts& counts, std::uint64_t run) const;
    bool is_furniture(std::string_view line, std::uint16_t usual) const;
    std::uint16_t usual_count(const Units& units) const;

    Counts anywhere_;  // in how many documents a run stands
    Counts at_ends_;   // in how many of them in the first or last lines
};

}  // namespace izde::clip
