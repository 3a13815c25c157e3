// A table that TableWriter wrote, read from its first entry to its last in one pass: its leaves stand in the
// order of their keys, so branches are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "index/glass/files.hpp"
#include "index/glass/item.hpp"

namespace izde::index::glass {

// One thread. Throws Damaged for what no table can be, and std::filesystem::filesystem_error. That keys
// ascend is for who knows what they mean to see.
class TableReader {
  public:
    explicit TableReader(const std::filesystem::path& file);  // one that is not there has no entries

    bool next();  // to the next entry, the first one at first; false: there is none

    // Of the entry at hand, until the next call.
    std::string_view key() const { return key_; }
    std::string_view tag() const { return tag_; }

  private:
    bool next_item(Item& item);
    bool next_leaf();
    void join(const Item& first);

    BlockFile file_;
    const unsigned char* block_ = nullptr;
    std::size_t at_ = 0, end_ = 0;  // in its directory
    std::string_view key_, tag_;
    std::string joined_key_, joined_tag_;
};

}  // namespace izde::index::glass
