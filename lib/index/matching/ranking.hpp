// The best of what matches, in the order that was asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "izde/index/reader.hpp"

#include "index/matching/bits.hpp"
#include "index/matching/columns.hpp"
#include "index/ranked.hpp"

namespace izde::index::matching {

// What decides between matches. Both are null where the order does not ask for them, or nothing is folded;
// else they must outlive it.
struct Sorting {
    Order order = Order::relevance;
    const Column* column = nullptr;  // of first_day, or of seen_slot
    const Groups* groups = nullptr;
};

// Keeps as many as are wanted. Folded, of each group the one that comes first, or, newest first, the one that
// is shown (see index::Fold).
class Ranking {
  public:
    Ranking(const Sorting& sorting, std::size_t most);

    // Those of a window that begins with that ordinal, a multiple of word_bits; windows ascend. Of what is no
    // candidate nothing is known but that it scores no more than least().
    void add(const Bits& matches, const Bits& candidates, Range range, std::span<const double> scores,
             std::uint32_t first);

    // By relevance: what scores no more than this, and comes later, is none of the best.
    double least() const { return best_.size() < most_ || best_.empty() ? 0 : best_.front().score; }

    std::uint64_t total() const { return total_; }  // of what was added, a group counted once
    std::vector<Ranked> best(const Ordinals& ordinals) const;

  private:
    struct Candidate {
        std::uint32_t rank = 0;      // the higher first, then by score, then by document
        std::uint32_t document = 0;  // its ordinal
        double score = 0;
    };
    struct Group {
        Candidate first, shown;
        std::uint32_t place = 0;  // of the one shown
    };

    bool is_full() const { return best_.size() == most_; }
    bool is_before(const Candidate& one, const Candidate& other) const;
    std::uint32_t rank_of(std::uint32_t document) const;
    void keep(const Candidate& candidate);
    void keep_in_group(const Candidate& candidate, const Groups::Member& member);

    Sorting sorting_;
    std::size_t most_;
    std::vector<Candidate> best_;         // a heap, the last one on top
    std::vector<Group> groups_;           // of which something was added
    std::vector<std::uint32_t> numbers_;  // of each group: its place among these, from 1 on; 0: none
    std::uint64_t total_ = 0;
};

}  // namespace izde::index::matching
