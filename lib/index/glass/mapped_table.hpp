// A table that TableWriter wrote, mapped into memory: entries are found by their key, in place, in their
// order by TableCursor, or one by one and in parts by TableLookup.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "index/glass/item.hpp"
#include "index/mapped_file.hpp"

namespace izde::index::glass {

// Never changes, so threads may share it; it stays whole when its file is removed. Reading throws Damaged for
// what no table can be, whatever the bytes are.
class MappedTable {
  public:
    // Throws std::filesystem::filesystem_error where it cannot be read; one that is not there has no entries.
    explicit MappedTable(const std::filesystem::path& file);
    // Of the bytes of such a file, which must outlive it.
    explicit MappedTable(std::string_view bytes);

    bool is_lost() const { return file_ && file_->is_lost(); }  // as MappedFile

  private:
    friend class TableCursor;
    friend class TableLookup;
    const unsigned char* block(std::uint32_t number) const;
    // The leaf that has this part of an entry, if any does. Of a table with blocks.
    std::uint32_t leaf_of(std::string_view key, std::size_t part) const;

    std::optional<MappedFile> file_;
    const unsigned char* bytes_ = nullptr;  // of it
    std::uint32_t blocks_ = 0;
};

// A place in a table. One thread; the table must outlive it.
class TableCursor {
  public:
    TableCursor() = default;  // of no table: only to be assigned to
    explicit TableCursor(const MappedTable& table) : table_(&table) {}

    // To the entry with this key, or else to the last one before it. False: there is none, and next() goes to
    // the first one. Keys near the one before are found without a look at the upper levels.
    bool seek(std::string_view key);
    bool next();  // false: there was none

    std::string_view key() const { return key_; }  // in the table, so until it is gone

    // Until the next call; of one in parts they are joined in `joined`.
    std::string_view tag(std::string& joined) const;

  private:
    // Items of a leaf, by their places in its directory.
    struct Leaf {
        const unsigned char* bytes = nullptr;
        std::uint32_t number = 0;
        std::size_t items = 0;
    };
    Leaf leaf(std::uint32_t number) const;
    bool next_leaf(Leaf& leaf) const;
    bool next_item(Leaf& leaf, std::size_t& at) const;
    static Item item(const Leaf& leaf, std::size_t at);
    bool holds(std::string_view key) const;
    void step_back();
    void take(const Item& item);

    const MappedTable* table_ = nullptr;
    Leaf leaf_;
    std::size_t at_ = 0;
    std::string_view key_, tag_;
    bool is_whole_ = true;
};

}  // namespace izde::index::glass
