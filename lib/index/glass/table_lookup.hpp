// Single entries of a table that TableWriter wrote. Of a long tag only those blocks are read that hold what
// is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/files.hpp"

namespace izde::index::glass {

// One thread. Throws Damaged for what no table can be, and std::filesystem::filesystem_error. Memory: a block
// for each level of the tree, and what was read last.
class TableLookup {
  public:
    explicit TableLookup(const std::filesystem::path& file);  // one that is not there has no entries

    bool find(std::string_view key);  // which read() reads then

    // Of the tag `bytes` from `from` on, or as many as there are; until the next call.
    std::string_view read(std::size_t from, std::size_t bytes);

  private:
    struct Held {
        static constexpr std::size_t none = static_cast<std::size_t>(-1);
        std::size_t number = none;
        std::string bytes;
    };
    const unsigned char* block(std::size_t level, std::size_t number);
    void descend(std::size_t part);
    bool is_in_leaf(std::size_t part);
    std::size_t part_at(std::size_t from, std::size_t& begin) const;

    BlocksAt file_;
    std::vector<Held> levels_;  // leaves first; the root is the last one
    const unsigned char* leaf_ = nullptr;
    std::size_t at_ = 0;  // in its directory
    std::string key_, read_;
    std::vector<std::size_t> first_parts_;  // bytes of those that stand in one leaf with the first
};

}  // namespace izde::index::glass
