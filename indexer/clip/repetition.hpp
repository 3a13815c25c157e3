// Lines that stand in many documents of an archive at their beginning or end, give or take a word:
// mastheads, footers, newsletters that no rule knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

#include "clip/units.hpp"

namespace izde::clip {

// Used in two steps: add() the runs of every document as its reader gave it, then ask. What it learns depends
// on the set of documents only, not on their order. Counts runs of three words in tables of a fixed size (16
// MB; a count-min sketch, Cormode and Muthukrishnan 2005): a run may be counted too often, which in archives
// of millions of texts hides rare footers, and makes none of what is no footer. One thread,
// but for runs_of().
class Repetition {
  public:
    Repetition();

    // A document's runs of words, each once.
    struct Runs {
        std::vector<std::uint64_t> anywhere, at_ends;
    };
    static Runs runs_of(const index::Document& document);  // pure: any thread

    void add(const Runs& runs);
    void see(const index::Document& document) { add(runs_of(document)); }

    // Of each unit whether it is furniture that repeats. A reprint, most of whose text stands elsewhere
    // as well, loses only what repeats far more often than the rest of it.
    std::vector<bool> judge(Units& units) const;

  private:
    using Counts = std::vector<std::uint16_t>;

    class Usual;

    static void count(Counts& counts, std::uint64_t run);
    static std::uint16_t count_of(const Counts& counts, std::uint64_t run);
    std::optional<std::uint16_t> count_at_ends(std::string_view line) const;

    Counts anywhere_;  // in how many documents a run stands
    Counts at_ends_;   // in how many of them in the first or last lines
};

}  // namespace izde::clip
