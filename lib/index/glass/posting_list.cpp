#include "index/glass/posting_list.hpp"

#include <algorithm>
#include <limits>

#include "index/glass/block.hpp"
#include "index/glass/codes.hpp"
#include "index/glass/run.hpp"

namespace izde::index::glass {
namespace {

constexpr std::size_t max_number_bytes = 5;  // of a number of 32 bits

// Of a chunk, so that it is one item with what stands around it.
std::size_t room_for_chunk(std::string_view key) {
    constexpr std::size_t header = 3 * max_number_bytes + 1 + max_number_bytes;
    constexpr std::size_t around = item_header_bytes + 1 + max_ascending_bytes + header;
    return TableWriter::max_item_bytes - around - key.size();
}

// Xapian's counts are of 32 bits.
std::uint64_t bounded(std::uint64_t count) {
    return std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max());
}

}  // namespace

PostingList::PostingList(TableWriter& table, std::string_view key, std::uint64_t frequency,
                         std::uint64_t occurrences)
    : table_(table), first_key_(key) {
    put_varint(counts_, bounded(frequency));
    put_varint(counts_, bounded(occurrences));
}

void PostingList::add(std::uint32_t document, std::uint32_t wdf) {
    if (chunk_.size() + 2 * max_number_bytes > room_for_chunk(first_key_)) write(false);
    if (chunk_.empty())
        first_ = document;
    else
        put_varint(chunk_, document - last_ - 1);
    put_varint(chunk_, wdf);
    last_ = document;
}

void PostingList::finish() {
    write(true);
}

void PostingList::write(bool last) {
    key_ = first_key_;
    tag_.clear();
    if (is_first_) {
        tag_ = counts_;
        put_varint(tag_, first_ - 1);
    } else {
        if (first_key_ != lengths_key) key_ += key_end;
        put_ascending(key_, first_);
    }
    tag_ += last ? '1' : '0';
    put_varint(tag_, last_ - first_);
    tag_ += chunk_;
    table_.add(key_, tag_);
    chunk_.clear();
    is_first_ = false;
}

void ValueList::add(std::uint32_t document, std::string_view value) {
    if (chunk_.size() + 2 * max_number_bytes + value.size() > room_for_chunk(slot_key_)) finish();
    if (chunk_.empty())
        first_ = document;
    else
        put_varint(chunk_, document - last_ - 1);
    put_text(chunk_, value);
    last_ = document;
}

void ValueList::finish() {
    if (chunk_.empty()) return;
    key_ = slot_key_;
    put_ascending(key_, first_);
    table_.add(key_, chunk_);
    chunk_.clear();
}

}  // namespace izde::index::glass
