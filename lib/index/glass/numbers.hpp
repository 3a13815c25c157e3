// Reads what codes.hpp writes, of bytes that may be damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "izde/varint.hpp"

#include "index/glass/damaged.hpp"

namespace izde::index::glass {

// From the beginning of `bytes`, which must outlive it. Throws Damaged where they end too early, or a number
// is larger than it can be.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    bool at_end() const { return at_ == end_; }
    const char* at() const { return at_; }

    std::uint32_t number() {
        const auto value =
            read_varint([this] { return at_ == end_ ? -1 : static_cast<unsigned char>(*at_++); });
        if (!value) raise();
        return narrow(*value);
    }

    // What put_ascending wrote.
    std::uint32_t ascending() {
        const auto first = static_cast<unsigned char>(byte_());
        std::uint64_t value = first;
        unsigned rest = 1;
        for (unsigned mark = 0x80; (value & mark) != 0; mark >>= 1) {
            value &= ~std::uint64_t{mark};
            ++rest;
            if (mark == 1) raise();
        }
        for (; rest > 0; --rest) {
            if (value >> 32 != 0) raise();
            value = value << 8 | static_cast<unsigned char>(byte_());
        }
        return narrow(value);
    }

    char byte() { return byte_(); }

    std::string_view bytes(std::size_t count) {
        if (count > static_cast<std::size_t>(end_ - at_)) raise();
        at_ += count;
        return {at_ - count, count};
    }

    [[noreturn]] static void raise() { throw Damaged("a table of the index is damaged"); }

  private:
    char byte_() {
        if (at_ == end_) raise();
        return *at_++;
    }
    static std::uint32_t narrow(std::uint64_t value) {
        if (value > std::numeric_limits<std::uint32_t>::max()) raise();
        return static_cast<std::uint32_t>(value);
    }

    const char* at_;
    const char* end_;
};

}  // namespace izde::index::glass
