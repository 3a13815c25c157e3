#include "index/glass/mapped_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace izde::index::glass {
namespace {

std::size_t entry(std::size_t at) {
    return block_header_bytes + at * directory_entry_bytes;
}

std::size_t entries_in(const unsigned char* block) {
    return (directory_end(block) - block_header_bytes) / directory_entry_bytes;
}

unsigned level_of(const unsigned char* block) {
    return block[4];
}

bool is_first(const Item& item) {
    return (item.flags & item_is_first) != 0;
}

bool is_last(const Item& item) {
    return (item.flags & item_is_last) != 0;
}

// The last of so many places for which `is_before` holds; it holds for the first one, and of those behind
// for a beginning.
template <class IsBefore>
std::size_t last_before(std::size_t places, IsBefore is_before) {
    std::size_t low = 0;
    for (std::size_t high = places; high - low > 1;) {
        const std::size_t middle = low + (high - low) / 2;
        (is_before(middle) ? low : high) = middle;
    }
    return low;
}

}  // namespace

MappedTable::MappedTable(std::string_view bytes)
    : bytes_(reinterpret_cast<const unsigned char*>(bytes.data())),
      blocks_(static_cast<std::uint32_t>(
          std::min<std::size_t>(bytes.size() / block_bytes, std::numeric_limits<std::uint32_t>::max()))) {}

MappedTable::MappedTable(const std::filesystem::path& file) : MappedTable(std::string_view()) {
    if (!std::filesystem::exists(file)) return;
    MappedFile mapped(file);
    *this = MappedTable(mapped.bytes());
    file_ = std::move(mapped);
}

const unsigned char* MappedTable::block(std::uint32_t number) const {
    if (number >= blocks_) raise_damaged_block();
    return bytes_ + std::size_t{number} * block_bytes;
}

// The root is the last block, and each level's number is below that of its parent.
std::uint32_t MappedTable::leaf_of(std::string_view key, std::size_t part) const {
    std::uint32_t number = blocks_ - 1;
    const unsigned char* block = this->block(number);
    for (unsigned level = level_of(block); level > 0; --level) {
        const std::size_t items = entries_in(block);
        if (items == 0) raise_damaged_block();
        const std::size_t at = last_before(items, [&](std::size_t place) {
            const Pointer one = read_pointer(block, entry(place), entry(items));
            const int order = one.key.compare(key);
            return order < 0 || (order == 0 && one.part <= part);
        });
        number = static_cast<std::uint32_t>(read_pointer(block, entry(at), entry(items)).child);
        block = this->block(number);
        if (level_of(block) != level - 1) raise_damaged_block();
    }
    return number;
}

TableCursor::Leaf TableCursor::leaf(std::uint32_t number) const {
    const unsigned char* bytes = table_->block(number);
    return {bytes, number, entries_in(bytes)};
}

Item TableCursor::item(const Leaf& leaf, std::size_t at) {
    return read_item(leaf.bytes, entry(at), entry(leaf.items));
}

// Leaves stand in the order of their keys, with branches between.
bool TableCursor::next_leaf(Leaf& leaf) const {
    for (std::uint32_t number = leaf.number + 1; number < table_->blocks_; ++number)
        if (level_of(table_->block(number)) == 0) {
            leaf = this->leaf(number);
            if (leaf.items > 0) return true;
        }
    return false;
}

bool TableCursor::next_item(Leaf& leaf, std::size_t& at) const {
    if (++at < leaf.items) return true;
    at = 0;
    return next_leaf(leaf);
}

// Whether an entry with this key can only be in the leaf at hand.
bool TableCursor::holds(std::string_view key) const {
    return leaf_.items > 1 && item(leaf_, 0).key < key && key <= item(leaf_, leaf_.items - 1).key;
}

void TableCursor::take(const Item& item) {
    key_ = item.key;
    tag_ = item.tag;
    is_whole_ = is_last(item);
}

// Into the leaf before, to its last item.
void TableCursor::step_back() {
    std::uint32_t number = leaf_.number;
    do {
        if (number == 0) raise_damaged_block();
        --number;
    } while (level_of(table_->block(number)) != 0);
    leaf_ = leaf(number);
    if (leaf_.items == 0) raise_damaged_block();
    at_ = leaf_.items - 1;
}

bool TableCursor::seek(std::string_view key) {
    if (table_->blocks_ == 0) return false;
    if (!holds(key)) leaf_ = leaf(table_->leaf_of(key, 1));
    if (leaf_.items == 0) raise_damaged_block();
    // What parts two leaves is no longer than it must be, so it may stand before a key of the first one.
    if (key < item(leaf_, 0).key)
        step_back();
    else
        at_ = last_before(leaf_.items, [&](std::size_t at) {
            const Item one = item(leaf_, at);
            return one.key < key || (one.key == key && is_first(one));
        });
    while (!is_first(item(leaf_, at_))) {
        if (at_ > 0)
            --at_;
        else
            step_back();
    }
    take(item(leaf_, at_));
    return !key_.empty();  // what each table begins with
}

bool TableCursor::next() {
    Item found;
    do {
        if (!next_item(leaf_, at_)) return false;
        found = item(leaf_, at_);
    } while (!is_first(found));
    take(found);
    return true;
}

std::string_view TableCursor::tag(std::string& joined) const {
    if (is_whole_) return tag_;
    joined = tag_;
    Leaf leaf = leaf_;
    std::size_t at = at_;
    Item found;
    for (std::size_t part = 2; !is_last(found); ++part) {
        if (!next_item(leaf, at)) raise_damaged_block();
        found = item(leaf, at);
        if (is_first(found) || found.part != part || found.key != key_) raise_damaged_block();
        joined += found.tag;
    }
    return joined;
}

}  // namespace izde::index::glass
