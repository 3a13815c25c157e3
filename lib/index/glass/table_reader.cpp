#include "index/glass/table_reader.hpp"

#include "index/glass/block.hpp"
#include "index/glass/damaged.hpp"

namespace izde::index::glass {
namespace {

std::size_t get16(const unsigned char* at) {
    return static_cast<std::size_t>(at[0]) << 8 | at[1];
}

[[noreturn]] void raise() {
    throw Damaged("a block of an index table is damaged");
}

}  // namespace

TableReader::TableReader(const std::filesystem::path& file) : file_(file, block_bytes) {}

bool TableReader::next() {
    Item item;
    do {
        if (!next_item(item)) return false;
        if ((item.flags & item_is_first) == 0) raise();
    } while (item.key.empty());  // what each table begins with
    key_ = item.key;
    tag_ = item.tag;
    if ((item.flags & item_is_last) == 0) join(item);
    return true;
}

void TableReader::join(const Item& first) {
    joined_key_ = first.key;
    joined_tag_ = first.tag;
    Item item;
    for (std::size_t part = 2; (item.flags & item_is_last) == 0; ++part) {
        if (!next_item(item) || (item.flags & item_is_first) != 0 || item.part != part ||
            item.key != joined_key_)
            raise();
        joined_tag_ += item.tag;
    }
    key_ = joined_key_;
    tag_ = joined_tag_;
}

bool TableReader::next_item(Item& item) {
    while (at_ == end_)
        if (!next_leaf()) return false;
    const std::size_t begin = get16(block_ + at_);
    at_ += directory_entry_bytes;
    if (begin < end_ || begin + item_header_bytes > block_bytes) raise();
    const unsigned char* const bytes = block_ + begin;
    constexpr std::size_t all_flags = item_is_deflated | item_is_last | item_is_first;
    item.flags = static_cast<unsigned>(get16(bytes) & all_flags);
    if ((item.flags & item_is_deflated) != 0) raise();  // we write none
    const std::size_t size = item_header_bytes + (get16(bytes) & ~all_flags);
    const std::size_t key_end = item_header_bytes + bytes[2];
    const std::size_t tag = key_end + ((item.flags & item_is_first) != 0 ? 0 : item_part_bytes);
    if (tag > size || begin + size > block_bytes) raise();
    const char* const text = reinterpret_cast<const char*>(bytes);
    item.key = {text + item_header_bytes, bytes[2]};
    item.tag = {text + tag, size - tag};
    item.part = (item.flags & item_is_first) != 0 ? 1 : get16(bytes + key_end);
    return true;
}

bool TableReader::next_leaf() {
    do {
        block_ = reinterpret_cast<const unsigned char*>(file_.next());
        if (block_ == nullptr) return false;
    } while (block_[4] != 0);
    at_ = block_header_bytes;
    end_ = get16(block_ + 9);
    if (end_ < at_ || end_ > block_bytes || (end_ - at_) % directory_entry_bytes != 0) raise();
    return true;
}

}  // namespace izde::index::glass
