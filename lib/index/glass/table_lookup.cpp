#include "index/glass/table_lookup.hpp"

#include <algorithm>

#include "index/glass/item.hpp"
#include "index/glass/table.hpp"

namespace izde::index::glass {
namespace {

constexpr std::size_t most_levels = 10;

bool is_before(std::string_view key, std::size_t part, std::string_view other, std::size_t other_part) {
    const int order = key.compare(other);
    return order != 0 ? order < 0 : part < other_part;
}

// The place in a directory of the first entry for which `is_behind` holds, or its end.
template <class Test>
std::size_t first_behind(std::size_t end, Test is_behind) {
    std::size_t low = 0, high = (end - block_header_bytes) / directory_entry_bytes;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (is_behind(block_header_bytes + middle * directory_entry_bytes))
            high = middle;
        else
            low = middle + 1;
    }
    return block_header_bytes + low * directory_entry_bytes;
}

}  // namespace

TableLookup::TableLookup(const std::filesystem::path& file) : file_(file, block_bytes) {
    if (file_.blocks() == 0) return;
    levels_.resize(1);
    const unsigned char* const root = block(0, file_.blocks() - 1);
    const std::size_t level = root[4];
    if (level >= most_levels) raise_damaged_block();
    levels_.resize(level + 1);
    std::swap(levels_.front(), levels_.back());
}

const unsigned char* TableLookup::block(std::size_t level, std::size_t number) {
    Held& held = levels_[level];
    if (held.number != number) {
        if (number >= file_.blocks()) raise_damaged_block();
        held.number = Held::none;
        file_.read(number, held.bytes);
        held.number = number;
    }
    return reinterpret_cast<const unsigned char*>(held.bytes.data());
}

// To the leaf that has this part of the key, if any does.
void TableLookup::descend(std::size_t part) {
    std::size_t number = file_.blocks() - 1;
    for (std::size_t level = levels_.size(); level-- > 1;) {
        const unsigned char* const branch = block(level, number);
        const std::size_t end = directory_end(branch);
        if (branch[4] != level || end == block_header_bytes) raise_damaged_block();
        const std::size_t behind = first_behind(end, [&](std::size_t at) {
            const Pointer pointer = read_pointer(branch, at, end);
            return is_before(key_, part, pointer.key, pointer.part);
        });
        const std::size_t at = std::max(behind - directory_entry_bytes, block_header_bytes);
        number = read_pointer(branch, at, end).child;
    }
    leaf_ = block(0, number);
    if (leaf_[4] != 0) raise_damaged_block();
}

bool TableLookup::is_in_leaf(std::size_t part) {
    const std::size_t end = directory_end(leaf_);
    at_ = first_behind(end, [&](std::size_t at) {
        const Item item = read_item(leaf_, at, end);
        return !is_before(item.key, item.part, key_, part);
    });
    if (at_ == end) return false;
    const Item item = read_item(leaf_, at_, end);
    return item.key == key_ && item.part == part;
}

bool TableLookup::find(std::string_view key) {
    key_ = key;
    first_parts_.clear();
    if (levels_.empty()) return false;
    descend(1);
    if (!is_in_leaf(1)) return false;
    const std::size_t end = directory_end(leaf_);
    for (std::size_t at = at_; at < end; at += directory_entry_bytes) {
        const Item item = read_item(leaf_, at, end);
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
    for (std::size_t part = part_at(from, begin); read_.size() < bytes; ++part) {
        if (!is_in_leaf(part)) {
            descend(part);
            if (!is_in_leaf(part)) break;
        }
        const Item item = read_item(leaf_, at_, directory_end(leaf_));
        const std::size_t skipped = read_.empty() ? from - begin : 0;
        if (skipped < item.tag.size()) read_ += item.tag.substr(skipped, bytes - read_.size());
        if ((item.flags & item_is_last) != 0) break;
    }
    return read_;
}

}  // namespace izde::index::glass
