#include "index/glass/run.hpp"

#include <algorithm>
#include <cstring>

namespace izde::index::glass {
namespace {

constexpr std::uint64_t dropped_at_once = 1u << 20;

}  // namespace

void ValueBounds::add(const ValueBounds& other) {
    if (other.documents == 0) return;
    if (documents == 0 || other.least < least) least = other.least;
    if (documents == 0 || other.most > most) most = other.most;
    documents += other.documents;
}

void ValueBounds::add(std::string_view value) {
    if (documents == 0 || value < least) least = value;
    if (documents == 0 || value > most) most = value;
    ++documents;
}

void KeyWriter::put(Bytes& to, std::string_view key) {
    const auto differ = std::ranges::mismatch(key, last_);
    const auto same = static_cast<std::size_t>(differ.in1 - key.begin());
    char* const end = put_varint(to.room(key.size() + 2 * most_varint_bytes), same);
    to.end_at(index::put_text(end, key.substr(same)));
    last_ = key;
}

std::uint64_t SectionReader::long_number() {
    if (end_ - at_ < most_varint_bytes) fill(most_varint_bytes);
    const auto value =
        read_varint([this] { return at_ == end_ ? -1 : static_cast<unsigned char>(buffer_[at_++]); });
    return value.value_or(0);
}

std::string_view SectionReader::bytes(std::size_t count) {
    if (end_ - at_ < count) fill(count);
    at_ += count;
    return std::string_view(buffer_).substr(at_ - count, count);
}

void SectionReader::key(std::string& last) {
    last.resize(number());
    last += bytes(number());
}

void SectionReader::fill(std::size_t wanted) {
    if (left_.bytes == 0) return;
    std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
    end_ -= at_;
    at_ = 0;
    const std::size_t size = std::max(buffer_bytes_, wanted);
    if (buffer_.size() < size) buffer_.resize(size);
    const auto got = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size() - end_, left_.bytes));
    scratch_->read(left_.begin, buffer_.data() + end_, got);
    end_ += got;
    left_.begin += got;
    left_.bytes -= got;
    if (left_.bytes > 0 && left_.begin - kept_ < dropped_at_once) return;
    scratch_->drop(kept_, left_.begin - kept_);
    kept_ = left_.begin;
}

}  // namespace izde::index::glass
