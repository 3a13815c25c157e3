// Single entries of a table that TableWriter wrote, in place. Of a long tag only those blocks are looked at
// that hold what is asked for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/mapped_table.hpp"

namespace izde::index::glass {

// One thread; the table must outlive it. Throws Damaged for what no table can be. Memory: what was read last
// of an entry in parts.
class TableLookup {
  public:
    explicit TableLookup(const MappedTable& table) : table_(&table) {}

    bool find(std::string_view key);  // which read() reads then

    // Of the tag `bytes` from `from` on, or as many as there are; until the next call. They lie in the table,
    // unless they stand in several parts of the entry.
    std::string_view read(std::size_t from, std::size_t bytes);

  private:
    bool is_in_leaf(std::size_t part);
    bool is_found(std::size_t part);
    std::size_t part_at(std::size_t from, std::size_t& begin) const;

    const MappedTable* table_;
    const unsigned char* leaf_ = nullptr;
    std::size_t at_ = 0, end_ = 0;  // in its directory; where that ends
    std::string key_, read_;
    std::vector<std::size_t> first_parts_;  // bytes of those that stand in one leaf with the first
};

}  // namespace izde::index::glass
