#include "index/glass/table_reader.hpp"

namespace izde::index::glass {
TableReader::TableReader(const std::filesystem::path& file) : file_(file, block_bytes) {}

bool TableReader::next() {
    Item item;
    do {
        if (!next_item(item)) return false;
        if ((item.flags & item_is_first) == 0) raise_damaged_block();
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
            raise_damaged_block();
        joined_tag_ += item.tag;
    }
    key_ = joined_key_;
    tag_ = joined_tag_;
}

bool TableReader::next_item(Item& item) {
    while (at_ == end_)
        if (!next_leaf()) return false;
    item = read_item(block_, at_, end_);
    at_ += directory_entry_bytes;
    return true;
}

bool TableReader::next_leaf() {
    do {
        block_ = reinterpret_cast<const unsigned char*>(file_.next());
        if (block_ == nullptr) return false;
    } while (block_[4] != 0);
    at_ = block_header_bytes;
    end_ = directory_end(block_);
    return true;
}

}  // namespace izde::index::glass
