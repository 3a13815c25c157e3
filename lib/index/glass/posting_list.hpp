// Lists by document, in the chunks that the postlist table holds them in: each fills an item.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/glass/table.hpp"

namespace izde::index::glass {

// The documents a term stands in, or the lengths of all. The table must outlive it.
class PostingList {
  public:
    // `key`: of the first chunk; `frequency` and `occurrences` are those of the whole list.
    PostingList(TableWriter& table, std::string_view key, std::uint64_t frequency, std::uint64_t occurrences);
    void add(std::uint32_t document, std::uint32_t wdf);  // documents ascend
    void finish();                                        // one at least was added

  private:
    void write(bool last);

    TableWriter& table_;
    std::string first_key_, counts_;
    std::string chunk_, tag_, key_;
    std::uint32_t first_ = 0, last_ = 0;  // documents of the chunk
    bool is_first_ = true;
};

// The values in a slot.
class ValueList {
  public:
    ValueList(TableWriter& table, std::string_view key) : table_(table), slot_key_(key) {}
    void add(std::uint32_t document, std::string_view value);
    void finish();

  private:
    TableWriter& table_;
    std::string slot_key_;
    std::string chunk_, key_;
    std::uint32_t first_ = 0, last_ = 0;
};

}  // namespace izde::index::glass
