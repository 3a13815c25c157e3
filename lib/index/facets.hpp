// Counts the values of documents while they are found.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "izde/index/facets.hpp"
#include "izde/index/reader.hpp"

#include "index/glass/posting_cursor.hpp"
#include "index/matching/columns.hpp"

namespace izde::index {

// One breakdown. Memory grows with the distinct values and, for folded ones, with group times value.
class Tally {
  public:
    Tally(Breakdown by, const glass::MappedTable& postings);

    // Documents ascend. `group` numbers the group the document counts once for each value with; 0: by itself.
    void add(std::uint32_t document, std::uint32_t group);

    FacetCounts result() const;

  private:
    struct Entry {  // documents whose slot holds the same
        std::vector<std::uint32_t> keys;
        std::vector<std::string> spellings;  // beside `keys`
        std::uint64_t documents = 0;
    };

    std::string_view held_by(std::uint32_t document);
    Entry read(std::string_view held);

    Breakdown by_;
    glass::ValueCursor values_, last_days_;
    std::string month_;
    std::map<std::string, Entry, std::less<>> entries_;
    Entry* last_ = nullptr;  // of the document before
    std::string last_held_;
    std::unordered_map<std::string, std::uint32_t> keys_;
    std::vector<std::uint64_t> counts_;       // of each key
    std::unordered_set<std::uint64_t> seen_;  // group and key
};

// Several at once, of at most `faceted_matches` documents.
class FacetTally {
  public:
    // `groups`: null where nothing is folded. They and the table must outlive it.
    FacetTally(std::span<const Breakdown> by, const glass::MappedTable& postings,
               const matching::Groups* groups);

    void add(std::uint32_t document);  // ascending

    // `complete`: whether all matches were given.
    std::vector<FacetCounts> results(bool complete) const;

  private:
    std::uint32_t seen_ = 0;  // matches
    std::deque<Tally> tallies_;
    matching::GroupWalk walk_;
};

}  // namespace izde::index
