// How positions are written: numbers of 32 bits in one to five bytes, of which the first says how many.
//
// Most numbers are below 208: how many documents a word leaves out, how far on in a text it stands again.
// Seven bits a byte (varint.hpp) hold no more than 127 in one, and make the file an eighth larger on short
// texts; of long ones it is all the same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "index/glass/damaged.hpp"
#include "index/phrase.hpp"

namespace izde::index::positions {

namespace code {
// First bytes: from here on, so many more bytes follow.
inline constexpr std::uint32_t one_more = 208, two_more = 240, three_more = 254, four_more = 255;
// What is lower takes fewer bytes.
inline constexpr std::uint32_t least_of_two = one_more;
inline constexpr std::uint32_t least_of_three = least_of_two + ((two_more - one_more) << 8);
inline constexpr std::uint32_t least_of_four = least_of_three + ((three_more - two_more) << 16);
inline constexpr std::uint32_t least_of_five = least_of_four + (1U << 24);
}  // namespace code

inline void put_number(std::string& to, std::uint32_t number) {
    const auto put = [&to](std::uint32_t first, std::uint32_t rest, int bytes) {
        to += static_cast<char>(first);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) to += static_cast<char>(rest >> shift);
    };
    if (number < code::least_of_two) return put(number, 0, 0);
    if (number < code::least_of_three) {
        const std::uint32_t rest = number - code::least_of_two;
        return put(code::one_more + (rest >> 8), rest, 1);
    }
    if (number < code::least_of_four) {
        const std::uint32_t rest = number - code::least_of_three;
        return put(code::two_more + (rest >> 16), rest, 2);
    }
    if (number < code::least_of_five) return put(code::three_more, number - code::least_of_four, 3);
    put(code::four_more, number, 4);
}

[[noreturn]] inline void raise() {
    throw glass::Damaged("the positions of an index are damaged");
}

// From the beginning of `bytes`, which must outlive it. Throws glass::Damaged where they end too early.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

    bool at_end() const { return at_ == end_; }

    std::uint32_t number() {
        const std::uint32_t first = byte();
        if (first < code::one_more) return first;
        if (first < code::two_more) return code::least_of_two + ((first - code::one_more) << 8 | byte());
        if (first < code::three_more)
            return code::least_of_three + ((first - code::two_more) << 16 | more(2));
        return first == code::three_more ? code::least_of_four + more(3) : more(4);
    }

    std::string_view bytes(std::size_t count) {
        if (count > static_cast<std::size_t>(end_ - at_)) raise();
        at_ += count;
        return {at_ - count, count};
    }

  private:
    std::uint32_t byte() {
        if (at_ == end_) raise();
        return static_cast<unsigned char>(*at_++);
    }
    std::uint32_t more(int count) {
        std::uint32_t value = 0;
        for (; count > 0; --count) value = value << 8 | byte();
        return value;
    }

    const char* at_;
    const char* end_;
};

// Those of a word in a document, ascending: the first one, and how far it is from each to the next.
inline void put_positions(std::string& to, std::span<const std::uint32_t> positions) {
    std::uint32_t last = 0;
    for (const std::uint32_t position : positions) {
        put_number(to, position - last);
        last = position;
    }
}

// Appends them. Throws glass::Damaged for what put_positions does not write.
inline void take_positions(std::string_view bytes, Positions& to) {
    std::uint32_t last = 0;
    bool is_first = true;
    for (Numbers numbers(bytes); !numbers.at_end(); is_first = false) {
        const std::uint32_t position = last + numbers.number();
        if (!is_first && position <= last) raise();
        to.push_back(position);
        last = position;
    }
}

}  // namespace izde::index::positions
