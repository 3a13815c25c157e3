// A table of Xapian's glass format, written in one pass from entries that come in order. The format is that
// of Xapian 1.4 (format version 2016-03-14).
//
// A table is a file of blocks of 8 KB that form a B+tree. Leaves hold items (a key, and a tag or a part of
// it), branches hold keys that part their children. We fill one block of each level at a time; a full one is
// written behind what is there and its parent gets a pointer to it, so leaves stand in the order of their
// keys, no block is free, and the root is the last one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "index/glass/files.hpp"

namespace izde::index::glass {

// What the version file says of a table. As it is, of one without a file.
struct Root {
    std::uint32_t block = 0;  // its number
    std::uint32_t level = 0;
    std::uint64_t entries = 0;
    bool is_written = false;
    std::uint32_t blocks = 0;
    std::uint64_t sum = 0;  // XXH3-64 of the file; of ours alone
};

// Not for several threads at once. Throws std::filesystem::filesystem_error, and std::length_error for a
// key above max_key_bytes or a tag above some 130 MB.
class TableWriter {
  public:
    explicit TableWriter(const std::filesystem::path& file);
    TableWriter(const TableWriter&) = delete;
    TableWriter& operator=(const TableWriter&) = delete;
    ~TableWriter();

    // Keys ascend, none is empty.
    void add(std::string_view key, std::string_view tag);

    Root finish();  // writes what waits, and syncs

    // An item above this is parted.
    static constexpr std::size_t max_item_bytes = 2043;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::index::glass
