#include "index/glass/mapped_table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "index/glass/block.hpp"
#include "index/glass/damaged.hpp"

namespace izde::index::glass {
namespace {

[[noreturn]] void raise() {
    throw Damaged("a block of an index table is damaged");
}

std::size_t get16(const unsigned char* at) {
    return static_cast<std::size_t>(at[0]) << 8 | at[1];
}

std::uint32_t get32(const unsigned char* at) {
    return static_cast<std::uint32_t>(get16(at) << 16 | get16(at + 2));
}

std::string_view text(const unsigned char* at, std::size_t bytes) {
    return {reinterpret_cast<const char*>(at), bytes};
}

unsigned level_of(const unsigned char* block) {
    return block[4];
}

std::size_t items_in(const unsigned char* block) {
    const std::size_t end = get16(block + 9);
    if (end < block_header_bytes || end > block_bytes ||
        (end - block_header_bytes) % directory_entry_bytes != 0)
        raise();
    return (end - block_header_bytes) / directory_entry_bytes;
}

// With room behind it for what an item begins with.
const unsigned char* place_of(const unsigned char* block, std::size_t at, std::size_t least_bytes) {
    const std::size_t begin = get16(block + block_header_bytes + at * directory_entry_bytes);
    if (begin + least_bytes > block_bytes) raise();
    return block + begin;
}

std::size_t room_behind(const unsigned char* block, const unsigned char* place) {
    return block_bytes - static_cast<std::size_t>(place - block);
}

struct Branch {
    std::uint32_t child = 0;
    std::string_view key;
    std::size_t part = 0;
};

Branch branch(const unsigned char* block, std::size_t at) {
    constexpr std::size_t child_bytes = 4, length_bytes = 1;
    const unsigned char* place = place_of(block, at, child_bytes + length_bytes + item_part_bytes);
    const std::size_t length = place[child_bytes];
    if (child_bytes + length_bytes + length + item_part_bytes > room_behind(block, place)) raise();
    const unsigned char* key = place + child_bytes + length_bytes;
    return {get32(place), text(key, length), get16(key + length)};
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

MappedTable::MappedTable(const std::filesystem::path& file) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0 && errno == ENOENT) return;
    struct stat status {};
    const bool is_known = opened >= 0 && ::fstat(opened, &status) == 0;
    const auto size = static_cast<std::size_t>(is_known ? status.st_size : 0);
    void* mapped = is_known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, opened, 0) : nullptr;
    const std::error_code reason(errno, std::generic_category());
    if (opened >= 0) ::close(opened);
    if (!is_known || mapped == MAP_FAILED)
        throw std::filesystem::filesystem_error("cannot read", file, reason);
    bytes_ = static_cast<const unsigned char*>(mapped);
    mapped_ = size;
    blocks_ = static_cast<std::uint32_t>(
        std::min<std::size_t>(size / block_bytes, std::numeric_limits<std::uint32_t>::max()));
}

MappedTable::~MappedTable() {
    if (bytes_ != nullptr) ::munmap(const_cast<unsigned char*>(bytes_), mapped_);
}

const unsigned char* MappedTable::block(std::uint32_t number) const {
    if (number >= blocks_) raise();
    return bytes_ + std::size_t{number} * block_bytes;
}

TableCursor::Leaf TableCursor::leaf(std::uint32_t number) const {
    const unsigned char* bytes = table_->block(number);
    return {bytes, number, items_in(bytes)};
}

TableCursor::Item TableCursor::item(const Leaf& leaf, std::size_t at) {
    const unsigned char* place = place_of(leaf.bytes, at, item_header_bytes);
    constexpr std::size_t all_flags = item_is_deflated | item_is_last | item_is_first;
    const std::size_t head = get16(place), size = item_header_bytes + (head & ~all_flags);
    const std::size_t key_end = item_header_bytes + place[2];
    const bool is_first = (head & item_is_first) != 0;
    const std::size_t tag = key_end + (is_first ? 0 : item_part_bytes);
    if (tag > size || size > room_behind(leaf.bytes, place) || (head & item_is_deflated) != 0) raise();
    return {text(place + item_header_bytes, place[2]), text(place + tag, size - tag), is_first,
            (head & item_is_last) != 0, is_first ? 1 : get16(place + key_end)};
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

// The root is the last block, and each level's number is below that of its parent.
TableCursor::Leaf TableCursor::descend(std::string_view key) const {
    std::uint32_t number = table_->blocks_ - 1;
    const unsigned char* block = table_->block(number);
    for (unsigned level = level_of(block); level > 0; --level) {
        const std::size_t items = items_in(block);
        if (items == 0) raise();
        number = branch(block, last_before(items,
                                           [&](std::size_t at) {
                                               const Branch one = branch(block, at);
                                               return one.key < key || (one.key == key && one.part <= 1);
                                           }))
                     .child;
        block = table_->block(number);
        if (level_of(block) != level - 1) raise();
    }
    return leaf(number);
}

void TableCursor::take(const Item& item) {
    key_ = item.key;
    tag_ = item.tag;
    is_whole_ = item.is_last;
}

// Into the leaf before, to its last item.
void TableCursor::step_back() {
    std::uint32_t number = leaf_.number;
    do {
        if (number == 0) raise();
        --number;
    } while (level_of(table_->block(number)) != 0);
    leaf_ = leaf(number);
    if (leaf_.items == 0) raise();
    at_ = leaf_.items - 1;
}

bool TableCursor::seek(std::string_view key) {
    if (table_->blocks_ == 0) return false;
    if (!holds(key)) leaf_ = descend(key);
    if (leaf_.items == 0) raise();
    // What parts two leaves is no longer than it must be, so it may stand before a key of the first one.
    if (key < item(leaf_, 0).key)
        step_back();
    else
        at_ = last_before(leaf_.items, [&](std::size_t at) {
            const Item one = item(leaf_, at);
            return one.key < key || (one.key == key && one.is_first);
        });
    while (!item(leaf_, at_).is_first) {
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
    } while (!found.is_first);
    take(found);
    return true;
}

std::string_view TableCursor::tag(std::string& joined) const {
    if (is_whole_) return tag_;
    joined = tag_;
    Leaf leaf = leaf_;
    std::size_t at = at_;
    Item found;
    for (std::size_t part = 2; !found.is_last; ++part) {
        if (!next_item(leaf, at)) raise();
        found = item(leaf, at);
        if (found.is_first || found.part != part || found.key != key_) raise();
        joined += found.tag;
    }
    return joined;
}

}  // namespace izde::index::glass
