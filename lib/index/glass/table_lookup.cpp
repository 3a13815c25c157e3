#include "index/glass/table_lookup.hpp"

#include <algorithm>

#include "index/glass/item.hpp"
#include "index/glass/table.hpp"

namespace izde::index::glass {
namespace {

bool is_before(const Item& item, std::string_view key, std::size_t part) {
    const int order = item.key.compare(key);
    return order != 0 ? order < 0 : item.part < part;
}

}  // namespace

// To the first item of the leaf that is not before this part of the key; whether it is that one.
bool TableLookup::is_in_leaf(std::size_t part) {
    std::size_t low = 0, high = (end_ - block_header_bytes) / directory_entry_bytes;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const Item item = read_item(leaf_, block_header_bytes + middle * directory_entry_bytes, end_);
        if (is_before(item, key_, part))
            low = middle + 1;
        else
            high = middle;
    }
    at_ = block_header_bytes + low * directory_entry_bytes;
    if (at_ == end_) return false;
    const Item item = read_item(leaf_, at_, end_);
    return item.key == key_ && item.part == part;
}

bool TableLookup::is_found(std::size_t part) {
    leaf_ = table_->block(table_->leaf_of(key_, part));
    end_ = directory_end(leaf_);
    return is_in_leaf(part);
}

bool TableLookup::find(std::string_view key) {
    key_ = key;
    first_parts_.clear();
    if (table_->blocks_ == 0 || !is_found(1)) return false;
    for (std::size_t at = at_; at < end_; at += directory_entry_bytes) {
        const Item item = read_item(leaf_, at, end_);
        if (item.key != key_) break;
        if (item.part != first_parts_.size() + 1) raise_damaged_block();
        first_parts_.push_back(item.tag.size());
    }
    return true;
}

// Behind the first leaf, blocks hold nothing but parts that are as long as can be.
std::size_t TableLookup::part_at(std::size_t from, std::size_t& begin) const {
    begin = 0;
    for (std::size_t i = 0; i < first_parts_.size(); ++i) {
        if (from < begin + first_parts_[i]) return i + 1;
        begin += first_parts_[i];
    }
    const std::size_t full = TableWriter::max_item_bytes - item_header_bytes - key_.size() - item_part_bytes;
    const std::size_t more = (from - begin) / full;
    begin += more * full;
    return first_parts_.size() + 1 + more;
}

std::string_view TableLookup::read(std::size_t from, std::size_t bytes) {
    read_.clear();
    std::size_t begin = 0;
    std::size_t part = part_at(from, begin);
    for (std::size_t skipped = from - begin;; skipped = 0, ++part) {
        if (!is_in_leaf(part) && !is_found(part)) return read_;
        const Item item = read_item(leaf_, at_, end_);
        const std::size_t wanted = bytes - read_.size();
        const std::string_view tag = item.tag.substr(std::min(skipped, item.tag.size()), wanted);
        const bool is_all = tag.size() == wanted || (item.flags & item_is_last) != 0;
        if (is_all && read_.empty()) return tag;
        read_ += tag;
        if (is_all) return read_;
    }
}

}  // namespace izde::index::glass
