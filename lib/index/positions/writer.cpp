#include "index/positions/writer.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "izde/varint.hpp"

namespace izde::index::positions {
namespace {

template <class Thing>
std::string_view bytes_of(const Thing& thing) {
    return {reinterpret_cast<const char*>(&thing), sizeof thing};
}

}  // namespace

Writer::Writer(const std::filesystem::path& generation) : file_(generation / format::file_name) {
    file_.append(format::magic);
}

void Writer::begin(std::string_view term) {
    term_ = term;
    list_begin_ = file_.size();
    begins_.clear();
    last_ = 0;
}

void Writer::add(std::uint32_t document, std::string_view positions) {
    if (positions.size() > most_entry_bytes) throw std::length_error("a document is too long for the index");
    if (chunk_documents_ == 0) {
        const std::uint64_t at = file_.size() - list_begin_;
        if (at > std::numeric_limits<std::uint32_t>::max())
            throw std::length_error("a word stands in more places than the index can hold");
        begins_.push_back({document, static_cast<std::uint32_t>(at)});
        last_ = 0;
    }
    put_entry(chunk_, document - last_, positions);
    last_ = document;
    ++chunk_documents_;
    chunk_positions_ += positions.size();
    if (chunk_documents_ == chunk_documents || chunk_positions_ >= chunk_position_bytes) end_chunk();
}

void Writer::end_chunk() {
    file_.append(chunk_);
    chunk_.clear();
    chunk_documents_ = chunk_positions_ = 0;
}

void Writer::end() {
    if (chunk_documents_ > 0) end_chunk();
    if (begins_.empty()) return;
    if (begins_.size() > 1)
        for (const ChunkBegin& begin : begins_) file_.append(bytes_of(begin));
    add_row(file_.size() - list_begin_, begins_.size());
}

void Writer::copy(std::string_view term, const List& list) {
    begin(term);
    file_.append(list.bytes());
    add_row(list.bytes().size(), list.chunks());
}

void Writer::add_row(std::uint64_t bytes, std::size_t chunks) {
    if (rows_ == 0) {
        first_beginning_ = format::beginning_of(term_);
        last_term_.clear();
    }
    const auto differ = std::ranges::mismatch(term_, last_term_);
    const auto same = static_cast<std::size_t>(differ.in1 - term_.begin());
    put_varint(directory_, same);
    put_varint(directory_, term_.size() - same);
    directory_.append(term_, same);
    put_varint(directory_, bytes << 1 | (chunks > 1 ? 1 : 0));
    if (chunks > 1) put_varint(directory_, chunks);
    last_term_ = term_;
    if (++rows_ == format::terms_in_block) end_block();
}

void Writer::end_block() {
    ends_.push_back({file_.size(), first_beginning_});
    const char count = static_cast<char>(rows_);
    file_.append({&count, 1});
    file_.append(directory_);
    directory_.clear();
    rows_ = 0;
}

glass::Written Writer::finish() {
    if (rows_ > 0) end_block();
    for (const format::BlockEnd& end : ends_) file_.append(bytes_of(end));
    const std::uint64_t count = ends_.size();
    file_.append(bytes_of(count));
    file_.sync();
    return {format::file_name, file_.size(), file_.sum()};
}

}  // namespace izde::index::positions
