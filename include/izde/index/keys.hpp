// The numbers by which an index keeps its documents in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace izde::index {

// Where scores are equal the order of the keys decides, so it is that of the documents. Neighbours stand
// this far apart, so that others fit in between.
inline constexpr std::uint32_t key_distance = 4;

constexpr std::uint32_t first_key(std::size_t number) {
    return static_cast<std::uint32_t>(number + 1) * key_distance;
}

// Keys for documents in their order, of which some have one already (0: none). Most keep theirs; those move
// that do not stand in order, or where room is to be made. Linear but for a logarithm.
std::vector<std::uint32_t> keys_in_order(std::span<const std::uint32_t> known);

}  // namespace izde::index
