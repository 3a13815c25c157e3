#include "index/glass/positions.hpp"

#include <array>
#include <bit>
#include <cstddef>

#include "index/glass/codes.hpp"

namespace izde::index::glass {
namespace {

// Bits fill each byte from its low end.
class Bits {
  public:
    explicit Bits(std::string& to) : to_(to) {}

    // One of `count` values, with the short codes in the middle.
    void put(std::uint64_t value, std::uint64_t count) {
        auto bits = static_cast<unsigned>(std::bit_width(count - 1));
        const std::uint64_t spare = (std::uint64_t{1} << bits) - count;
        if (spare != 0) {
            const std::uint64_t middle = (count - spare) / 2;
            if (value >= middle + spare)
                value = (value - middle - spare) | std::uint64_t{1} << (bits - 1);
            else if (value >= middle)
                --bits;
        }
        waiting_ |= value << used_;
        for (used_ += bits; used_ >= 8; used_ -= 8, waiting_ >>= 8) to_ += static_cast<char>(waiting_);
    }

    void finish() {
        if (used_ > 0) to_ += static_cast<char>(waiting_);
    }

  private:
    std::string& to_;
    std::uint64_t waiting_ = 0;  // at most 7 bits of before and 32 new ones
    unsigned used_ = 0;
};

// The middle one, then the lower half, then the upper one, each within what its neighbours leave.
void put_between(Bits& bits, std::span<const std::uint32_t> positions) {
    struct Part {
        std::size_t first, last;
    };
    std::array<Part, 64> later;  // one for each time that 2^64 can be halved
    std::size_t waiting = 0;
    Part part{0, positions.size() - 1};
    for (;;) {
        if (part.last - part.first < 2) {
            if (waiting == 0) return;
            part = later.at(--waiting);
            continue;
        }
        const std::size_t middle = part.first + (part.last - part.first) / 2;
        const std::uint64_t lowest = positions[part.first] + (middle - part.first);
        const std::uint64_t count =
            positions[part.last] - positions[part.first] - (part.last - part.first) + 1;
        bits.put(positions[middle] - lowest, count);
        later.at(waiting++) = {middle, part.last};
        part.last = middle;
    }
}

}  // namespace

void put_positions(std::string& to, std::span<const std::uint32_t> positions) {
    put_number(to, positions.back());
    if (positions.size() == 1) return;
    Bits bits(to);
    bits.put(positions.front(), positions.back());
    bits.put(positions.size() - 2, positions.back() - positions.front());
    put_between(bits, positions);
    bits.finish();
}

}  // namespace izde::index::glass
