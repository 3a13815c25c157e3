// An item of a finished block, whose bytes may be damaged.
#pragma once

#include <cstddef>
#include <string_view>

#include "index/glass/block.hpp"
#include "index/glass/damaged.hpp"

namespace izde::index::glass {

[[noreturn]] inline void raise_damaged_block() {
    throw Damaged("a block of an index table is damaged");
}

inline std::size_t get16(const unsigned char* at) {
    return static_cast<std::size_t>(at[0]) << 8 | at[1];
}

// Where a block's directory ends; it begins at block_header_bytes.
inline std::size_t directory_end(const unsigned char* block) {
    const std::size_t end = get16(block + 9);
    if (end < block_header_bytes || end > block_bytes ||
        (end - block_header_bytes) % directory_entry_bytes != 0)
        raise_damaged_block();
    return end;
}

// Of a leaf.
struct Item {
    std::string_view key, tag;
    unsigned flags = 0;
    std::size_t part = 1;
};

// The one that the directory's entry at byte `at` of a leaf points to.
inline Item read_item(const unsigned char* block, std::size_t at, std::size_t end) {
    const std::size_t begin = get16(block + at);
    if (begin < end || begin + item_header_bytes > block_bytes) raise_damaged_block();
    const unsigned char* const bytes = block + begin;
    constexpr std::size_t all_flags = item_is_deflated | item_is_last | item_is_first;
    Item item;
    item.flags = static_cast<unsigned>(get16(bytes) & all_flags);
    if ((item.flags & item_is_deflated) != 0) raise_damaged_block();  // we write none
    const std::size_t size = item_header_bytes + (get16(bytes) & ~all_flags);
    const std::size_t behind_key = item_header_bytes + bytes[2];
    const std::size_t tag = behind_key + ((item.flags & item_is_first) != 0 ? 0 : item_part_bytes);
    if (tag > size || begin + size > block_bytes) raise_damaged_block();
    const char* const text = reinterpret_cast<const char*>(bytes);
    item.key = {text + item_header_bytes, bytes[2]};
    item.tag = {text + tag, size - tag};
    item.part = (item.flags & item_is_first) != 0 ? 1 : get16(bytes + behind_key);
    return item;
}

// Of a branch: what is there from this key and part on stands in or below the block `child`.
struct Pointer {
    std::string_view key;
    std::size_t part = 0, child = 0;
};

inline Pointer read_pointer(const unsigned char* block, std::size_t at, std::size_t end) {
    constexpr std::size_t number_bytes = 4;
    const std::size_t begin = get16(block + at), key = begin + number_bytes + 1;
    if (begin < end || key > block_bytes) raise_damaged_block();
    const std::size_t key_bytes = block[begin + number_bytes];
    if (key + key_bytes + item_part_bytes > block_bytes) raise_damaged_block();
    return {{reinterpret_cast<const char*>(block) + key, key_bytes},
            get16(block + key + key_bytes),
            get16(block + begin) << 16 | get16(block + begin + 2)};
}

}  // namespace izde::index::glass
