// Counts the values of documents while they are found.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "izde/index/facets.hpp"
#include "izde/index/reader.hpp"

#include "index/matching/columns.hpp"

namespace izde::index {

// What is in a slot, by its number; until the tally is gone.
using ValuesOf = std::function<const matching::Values&(std::uint32_t slot)>;

// One breakdown. Memory grows with the distinct values and, for folded ones, with group times value.
class Tally {
  public:
    Tally(Breakdown by, const ValuesOf& values);

    // `document`: its ordinal. `group` numbers the group the document counts once for each value with; 0: by
    // itself.
    void add(std::uint32_t document, std::uint32_t group) {
        const std::uint32_t held = held_.of(document);
        if (held == 0 || (last_days_ != nullptr && !is_of_one_month(held, last_days_->of(document)))) return;
        if (group == 0)
            ++alone_[held];
        else
            add_in_group(held, group);
    }

    FacetCounts result();  // once, when all were added

  private:
    struct Entry {
        std::vector<std::uint32_t> keys;
        std::vector<std::string> spellings;  // beside `keys`
    };

    bool is_of_one_month(std::uint32_t first_day, std::uint32_t last_day) const;
    void add_in_group(std::uint32_t held, std::uint32_t group);
    std::string shown(std::string_view held) const;
    const Entry& entry(std::uint32_t held);

    Breakdown by_;
    const matching::Values& held_;
    const matching::Values* last_days_;  // null: by_ asks for no months
    std::vector<std::uint32_t> alone_;   // documents, by what they hold
    std::unordered_map<std::uint32_t, std::uint32_t> grouped_;
    std::unordered_map<std::uint32_t, Entry> entries_;
    std::unordered_map<std::string, std::uint32_t> keys_;
    std::vector<std::uint64_t> counts_;       // of each key
    std::unordered_set<std::uint64_t> seen_;  // group and key
};

// Several at once, of at most `faceted_matches` documents.
class FacetTally {
  public:
    // `groups`: null where nothing is folded; they must outlive it.
    FacetTally(std::span<const Breakdown> by, const ValuesOf& values, const matching::Groups* groups);

    void add(std::uint32_t document);  // its ordinal; they ascend

    // Once. `complete`: whether all matches were given.
    std::vector<FacetCounts> results(bool complete);

  private:
    std::uint32_t seen_ = 0;  // matches
    std::deque<Tally> tallies_;
    const matching::Groups* groups_;
};

}  // namespace izde::index
