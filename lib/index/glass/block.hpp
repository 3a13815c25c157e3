// A block of a glass table: its layout, and one while it is filled.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace izde::index::glass {

inline constexpr std::size_t block_bytes = 8192;
inline constexpr std::uint32_t revision = 1;  // of all that we write

inline constexpr std::size_t block_header_bytes = 11, directory_entry_bytes = 2;

// An item: its size without its first three bytes, in two bytes with these flags; the key's size, the key;
// of all parts but the first one their number, in two bytes; the tag or a part of it.
inline constexpr unsigned item_is_deflated = 0x8000, item_is_last = 0x4000, item_is_first = 0x2000;
inline constexpr std::size_t item_header_bytes = 3, item_part_bytes = 2;

// Revision, level, free space (twice: what is free in one piece, which here is all), the end of the
// directory; the directory of items in their order, two bytes each; a gap; the items, the first one last.
// Numbers are big-endian.
class Block {
  public:
    explicit Block(unsigned level) : level_(level) {}

    bool empty() const { return directory_ == block_header_bytes; }
    // How large an item still fits, with its place in the directory.
    std::size_t room() const {
        const std::size_t gap = items_ - directory_;
        return gap < directory_entry_bytes ? 0 : gap - directory_entry_bytes;
    }
    // Room for an item's bytes, to be filled. At most room().
    char* add(std::size_t bytes) {
        items_ -= bytes;
        put16(directory_, items_);
        directory_ += directory_entry_bytes;
        return bytes_.data() + items_;
    }
    // Whole; the gap is zeros.
    std::string_view finish();
    void clear() {
        directory_ = block_header_bytes;
        items_ = block_bytes;
    }

  private:
    void put16(std::size_t at, std::size_t number) {
        bytes_[at] = static_cast<char>(number >> 8);
        bytes_[at + 1] = static_cast<char>(number);
    }

    std::array<char, block_bytes> bytes_{};
    unsigned level_;
    std::size_t directory_ = block_header_bytes;  // its end
    std::size_t items_ = block_bytes;             // their beginning
};

}  // namespace izde::index::glass
