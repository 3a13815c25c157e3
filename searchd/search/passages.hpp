// Which parts of a long text the best windows can be in, by the positions of its words alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "izde/index/pieces.hpp"

namespace izde::search {

// What stands somewhere in a text: where it begins, ascending, as the index counts positions.
struct Standing {
    std::vector<std::uint32_t> positions;
    std::int64_t weight = 0;  // what it counts once
};

// A cluster of wanted words, between milestones.
struct Passage {
    std::int64_t weight = 0;          // of what stands in it
    std::size_t apart = 0;            // bytes between the first and the last of it, about
    std::size_t first = 0, last = 0;  // the milestones at or before these
};

// At most `most`, the most promising first: by weight, then by how close together it stands, then the
// earliest; one for each milestone its first word stands behind. `reach` is how many bytes a window holds at
// most. Positions tell where between two milestones a word stands only about, so what seems to fit may not.
// Linear in the positions, times the logarithm of how many `all` are.
std::vector<Passage> find_passages(std::span<const Standing> all, const index::Pieces& pieces,
                                   std::size_t body_bytes, std::size_t reach, std::size_t most);

}  // namespace izde::search
