// What of each document is kept in memory to put matches in order and near-duplicates together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/mapped_table.hpp"
#include "index/matching/bits.hpp"
#include "index/matching/ordinals.hpp"

namespace izde::index::matching {

// The place of each document's value among all values of a slot. Four bytes for each document up to the last
// one that has a value. Documents are told by their ordinals. Never changes, so threads may share it.
class Column {
  public:
    // Values are compared by their first eight bytes. Throws Damaged.
    Column(const glass::MappedTable& postings, std::uint32_t slot, const Ordinals& ordinals);

    // 0: it has none.
    std::uint32_t ascending(std::uint32_t document) const {
        return document < of_.size() ? of_[document] : 0;
    }
    // Of all that have one the last comes first.
    std::uint32_t descending(std::uint32_t document) const {
        const std::uint32_t rank = ascending(document);
        return rank == 0 ? 0 : values_ + 1 - rank;
    }

  private:
    std::vector<std::uint32_t> of_;
    std::uint32_t values_ = 0;  // different ones
};

// What each document holds in a slot. A byte for each document, or two or four where there are many different
// values, and these. Documents are told by their ordinals. Never changes, so threads may share it.
class Values {
  public:
    Values(const glass::MappedTable& postings, std::uint32_t slot,
           const Ordinals& ordinals);  // throws Damaged

    // The number of what it holds, below count(); 0: nothing.
    std::uint32_t of(std::uint32_t document) const {
        if (document >= end_) return 0;
        const unsigned char* const at = numbers_.data() + std::size_t{document} * bytes_;
        std::uint32_t number = at[0];
        for (std::size_t i = 1; i < bytes_; ++i) number |= std::uint32_t{at[i]} << (8 * i);
        return number;
    }
    std::size_t count() const { return texts_.size(); }
    std::string_view text(std::uint32_t number) const { return texts_[number]; }

  private:
    std::vector<unsigned char> numbers_;
    std::size_t bytes_ = 1;  // of a number, the lowest one first
    std::uint32_t end_ = 0;
    std::vector<std::string> texts_;
};

// The groups of near-duplicates. Twelve bytes for each document in one, and a quarter of a byte for all
// others.
class Groups {
  public:
    Groups(const glass::MappedTable& postings, const Ordinals& ordinals);  // throws Damaged

    struct Member {
        std::uint32_t document = 0;  // its ordinal
        std::uint32_t group = 0;     // below count()
        // Of the members that match the lowest one is shown: the leader, or else the earliest dated one.
        std::uint32_t place = 0;
    };
    std::uint32_t count() const { return count_; }

    // Null: it is like no other.
    const Member* member(std::uint32_t document) const {
        const std::uint64_t members = members_of_[document / word_bits],
                            bit = std::uint64_t{1} << (document % word_bits);
        if ((members & bit) == 0) return nullptr;
        return &members_[before_[document / word_bits] + ones(members & (bit - 1))];
    }

    // Which documents are in a group, by words of bits, from this ordinal on, a multiple of word_bits; as far
    // as the words of Bits reach.
    const std::uint64_t* members_from(std::uint32_t ordinal) const {
        return members_of_.data() + ordinal / word_bits;
    }

  private:
    std::vector<Member> members_;  // by document
    std::vector<std::uint64_t> members_of_;
    std::vector<std::uint32_t> before_;  // members, before each of these words
    std::uint32_t count_ = 0;
};

}  // namespace izde::index::matching
