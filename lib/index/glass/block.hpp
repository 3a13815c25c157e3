// A block of a glass table while it is filled.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace izde::index::glass {

inline constexpr std::size_t block_bytes = 8192;
inline constexpr std::uint32_t revision = 1;  // of all that we write

// Revision, level, free space (twice: what is free in one piece, which here is all), the end of the
// directory; the directory of items in their order, two bytes each; a gap; the items, the first one last.
// Numbers are big-endian.
class Block {
  public:
    explicit Block(unsigned level) : level_(level) {}

    bool empty() const { return directory_ == header_bytes; }
    // How large an item still fits, with its place in the directory.
    std::size_t room() const {
        const std::size_t gap = items_ - directory_;
        return gap < entry_bytes ? 0 : gap - entry_bytes;
    }
    // Room for an item's bytes, to be filled. At most room().
    char* add(std::size_t bytes) {
        items_ -= bytes;
        put16(directory_, items_);
        directory_ += entry_bytes;
        return bytes_.data() + items_;
    }
    // Whole; the gap is zeros.
    std::string_view finish();
    void clear() {
        directory_ = header_bytes;
        items_ = block_bytes;
    }

  private:
    static constexpr std::size_t header_bytes = 11, entry_bytes = 2;

    void put16(std::size_t at, std::size_t number) {
        bytes_[at] = static_cast<char>(number >> 8);
        bytes_[at + 1] = static_cast<char>(number);
    }

    std::array<char, block_bytes> bytes_{};
    unsigned level_;
    std::size_t directory_ = header_bytes;  // its end
    std::size_t items_ = block_bytes;       // their beginning
};

}  // namespace izde::index::glass
