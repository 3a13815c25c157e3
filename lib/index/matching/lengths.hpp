// How many words each document of an index has.
#pragma once

#include <cstdint>
#include <vector>

#include "index/glass/mapped_table.hpp"

namespace izde::index::matching {

// Never changes once it is there, so threads may share it. Four bytes for each key up to the last one.
class Lengths {
  public:
    // Throws Damaged, and std::length_error for more keys than 2^28.
    explicit Lengths(const glass::MappedTable& postings);

    std::uint32_t end() const { return end_; }  // behind the last document
    std::uint32_t documents() const { return documents_; }
    std::uint64_t words() const { return words_; }

    // Of the window that begins there: one for each of its keys, also behind the last document.
    const std::uint32_t* of_window(std::uint32_t first_key) const { return of_.data() + first_key; }

  private:
    std::vector<std::uint32_t> of_;
    std::uint32_t end_ = 0, documents_ = 0;
    std::uint64_t words_ = 0;
};

}  // namespace izde::index::matching
