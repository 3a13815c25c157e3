#include "clip/hashes.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace izde::clip {
namespace {

constexpr std::size_t few = 64;       // are sorted at once
constexpr std::size_t in_a_part = 4;  // on average

// By their highest bits into parts in order, so that each part is short.
void sort_by_parts(std::vector<std::uint64_t>& hashes) {
    const auto bits = static_cast<unsigned>(std::bit_width(hashes.size() / in_a_part));
    const auto part_of = [&](std::uint64_t hash) { return static_cast<std::size_t>(hash >> (64 - bits)); };
    std::vector<std::uint32_t> ends((std::size_t{1} << bits) + 1);
    for (const std::uint64_t hash : hashes) ++ends[part_of(hash) + 1];
    for (std::size_t part = 1; part < ends.size(); ++part) ends[part] += ends[part - 1];
    std::vector<std::uint64_t> parted(hashes.size());
    for (const std::uint64_t hash : hashes) parted[ends[part_of(hash)]++] = hash;
    std::size_t begin = 0;
    for (const std::uint32_t end : ends) {
        if (end - begin > 1)
            std::sort(parted.begin() + static_cast<std::ptrdiff_t>(begin),
                      parted.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
    hashes.swap(parted);
}

}  // namespace

void sort_unique(std::vector<std::uint64_t>& hashes) {
    if (hashes.size() < few)
        std::ranges::sort(hashes);
    else
        sort_by_parts(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace izde::clip
