#include "index/glass/posting_cursor.hpp"

#include <utility>

#include "izde/varint.hpp"

#include "index/glass/codes.hpp"
#include "index/glass/run.hpp"

namespace izde::index::glass {
namespace {

constexpr std::uint64_t no_document = std::uint64_t{1} << 32;

std::uint32_t sum(std::uint32_t document, std::uint32_t more) {
    if (more > std::numeric_limits<std::uint32_t>::max() - document) Numbers::raise();
    return document + more;
}

// The document that a chunk of a list begins with, by its key.
std::uint64_t first_in(std::string_view key, std::string_view list_key) {
    if (!key.starts_with(list_key) || key.size() == list_key.size()) return no_document;
    Numbers number(key.substr(list_key.size()));
    const std::uint32_t first = number.ascending();
    if (!number.at_end()) Numbers::raise();
    return first;
}

}  // namespace

PostingCursor::PostingCursor(TableCursor& finder, std::string key) : chunk_(finder), key_(std::move(key)) {
    const bool is_there = finder.seek(key_) && finder.key() == key_;
    chunk_ = finder;
    if (key_ != lengths_key) key_ += key_end;  // what keys of the chunks behind begin with
    if (!is_there) return;
    is_at_end_ = false;
    begin_chunk(true);
}

std::uint32_t PostingCursor::number() {
    Numbers numbers({at_, static_cast<std::size_t>(end_ - at_)});
    const std::uint32_t number = numbers.number();
    at_ = numbers.at();
    return number;
}

PostingCursor::Reading PostingCursor::next(Reading reading, const char* end) {
    if (reading.at == end) return {nullptr, reading.document, reading.wdf};
    Numbers numbers({reading.at, static_cast<std::size_t>(end - reading.at)});
    const std::uint64_t document = reading.document + numbers.number() + 1;
    const std::uint32_t wdf = numbers.number();
    return {numbers.at(), document, wdf};
}

const char* PostingCursor::begin_of_chunk() {
    const std::string_view tag = chunk_.tag(joined_);
    begin_ = tag.data();
    end_ = tag.data() + tag.size();
    return begin_;
}

void PostingCursor::begin_chunk(bool is_first) {
    at_ = begin_of_chunk();
    std::uint32_t document = 0;
    if (is_first) {
        frequency_ = number();
        number();  // occurrences
        document = sum(number(), 1);
    } else {
        const std::uint64_t first = first_in(chunk_.key(), key_);
        if (first <= document_) Numbers::raise();
        document = static_cast<std::uint32_t>(first);
    }
    if (at_ == end_) Numbers::raise();
    is_last_chunk_ = *at_++ == '1';
    last_ = sum(document, number());
    document_ = document;
    wdf_ = number();
}

bool PostingCursor::next_chunk() {
    if (is_last_chunk_) {
        is_at_end_ = true;
        return false;
    }
    if (!chunk_.next() || first_in(chunk_.key(), key_) == no_document) Numbers::raise();
    begin_chunk(false);
    return true;
}

PostingCursor::Place PostingCursor::place() const {
    return {chunk_,    static_cast<std::size_t>(at_ - begin_), document_, wdf_, last_, is_last_chunk_,
            is_at_end_};
}

void PostingCursor::return_to(const Place& place) {
    const bool is_here = chunk_.key().data() == place.chunk.key().data();
    chunk_ = place.chunk;
    document_ = place.document;
    wdf_ = place.wdf;
    last_ = place.last;
    is_last_chunk_ = place.is_last_chunk;
    is_at_end_ = place.is_at_end;
    if (begin_ == nullptr) return;
    if (!is_here) begin_of_chunk();
    at_ = begin_ + place.read;
    if (at_ > end_) Numbers::raise();
}

ValueCursor::ValueCursor(const MappedTable& table, std::uint32_t slot) : chunk_(table), key_(values_key) {
    put_varint(key_, slot);
}

bool ValueCursor::take_chunk() {
    const std::uint64_t first = first_in(chunk_.key(), key_);
    if (first == no_document || (document_ != 0 && first <= document_)) return false;
    values_ = Numbers(chunk_.tag(joined_));
    document_ = static_cast<std::uint32_t>(first);
    value_ = values_.bytes(values_.number());
    return true;
}

bool ValueCursor::begin() {
    if (chunk_.seek(key_) && chunk_.key().starts_with(key_)) return take_chunk();
    return chunk_.next() && take_chunk();
}

// The next one of the chunk.
void ValueCursor::take_value() {
    document_ = sum(sum(document_, values_.number()), 1);
    value_ = values_.bytes(values_.number());
}

bool ValueCursor::next() {
    if (values_.at_end()) return chunk_.next() && take_chunk();
    take_value();
    return true;
}

// To the chunk that would have the document.
void ValueCursor::seek(std::uint32_t document) {
    wanted_ = key_;
    put_ascending(wanted_, document);
    is_at_end_ = !(chunk_.seek(wanted_) && take_chunk());
    TableCursor behind = chunk_;
    next_chunk_ = behind.next() ? first_in(behind.key(), key_) : no_document;
}

std::string_view ValueCursor::at(std::uint32_t document) {
    if (!is_begun_ || document < asked_ || document >= next_chunk_) {
        is_begun_ = true;
        document_ = 0;
        seek(document);
    }
    asked_ = document;
    while (!is_at_end_ && document_ < document) {
        is_at_end_ = values_.at_end();
        if (!is_at_end_) take_value();
    }
    return !is_at_end_ && document_ == document ? value_ : std::string_view();
}

}  // namespace izde::index::glass
