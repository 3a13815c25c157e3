// Counts the values of documents while Xapian finds them.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "izde/index/facets.hpp"
#include "izde/index/reader.hpp"

namespace izde::index {

// One breakdown. Memory grows with the distinct values and, for folded ones, with group times value.
class Tally {
  public:
    explicit Tally(Breakdown by) : by_(by) {}

    // `group` numbers the group the document counts once for each value with; 0: by itself.
    void add(const Xapian::Document& document, std::uint32_t group);

    FacetCounts result() const;

  private:
    struct Entry {  // documents whose slot holds the same
        std::vector<std::uint32_t> keys;
        std::vector<std::string> spellings;  // beside `keys`
        std::uint64_t documents = 0;
    };

    std::string slot(const Xapian::Document& document) const;
    Entry read(const std::string& slot);

    Breakdown by_;
    std::unordered_map<std::string, Entry> entries_;
    std::unordered_map<std::string, std::uint32_t> keys_;
    std::vector<std::uint64_t> counts_;       // of each key
    std::unordered_set<std::uint64_t> seen_;  // group and key
};

class FacetSpy final : public Xapian::MatchSpy {
  public:
    FacetSpy(std::span<const Breakdown> by, Fold fold) : fold_(fold), tallies_(by.begin(), by.end()) {}

    void operator()(const Xapian::Document& document, double weight) override;

    // `complete`: whether all matches were seen.
    std::vector<FacetCounts> results(bool complete) const;

    std::uint32_t seen() const { return seen_; }  // matches

  private:
    Fold fold_;
    std::uint32_t seen_ = 0;
    std::vector<Tally> tallies_;
    std::unordered_map<std::string, std::uint32_t> groups_;
};

}  // namespace izde::index
