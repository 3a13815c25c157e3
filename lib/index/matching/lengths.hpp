// How many words each document of an index has.
#pragma once

#include <cstdint>
#include <vector>

#include "index/glass/mapped_table.hpp"
#include "index/matching/ordinals.hpp"

namespace izde::index::matching {

// Never changes once it is there, so threads may share it. Four bytes for each document.
class Lengths {
  public:
    // Throws Damaged, and std::length_error for more keys than 2^28.
    explicit Lengths(const glass::MappedTable& postings);

    const Ordinals& ordinals() const { return ordinals_; }
    std::uint32_t documents() const { return documents_; }
    std::uint64_t words() const { return words_; }

    // By ordinals, from this one on; as far as the words of Bits reach.
    const std::uint32_t* from(std::uint32_t ordinal) const { return of_.data() + ordinal; }

  private:
    Ordinals ordinals_;
    std::vector<std::uint32_t> of_;
    std::uint32_t documents_ = 0;
    std::uint64_t words_ = 0;
};

}  // namespace izde::index::matching
