// Bytes that are put together of many small things, to be written in one go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "izde/varint.hpp"

namespace izde::index {

// Behind its size; where it stands there is room for it and most_varint_bytes. Behind what it wrote.
inline char* put_text(char* to, std::string_view text) {
    return std::ranges::copy(text, put_varint(to, text.size())).out;
}

class Bytes {
  public:
    // Where so many can be put, for end_at() behind those that were.
    char* room(std::size_t wanted) {
        if (bytes_.size() - size_ < wanted) bytes_.resize(std::max(bytes_.size() * 2, size_ + wanted));
        return bytes_.data() + size_;
    }
    void end_at(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.data()); }

    void put_number(std::uint64_t number) { end_at(put_varint(room(most_varint_bytes), number)); }
    void put_text(std::string_view text) {
        end_at(index::put_text(room(text.size() + most_varint_bytes), text));
    }

    std::size_t size() const { return size_; }
    std::string_view all() const { return {bytes_.data(), size_}; }
    void clear() { size_ = 0; }

  private:
    std::vector<char> bytes_;
    std::size_t size_ = 0;
};

}  // namespace izde::index
