// A match while the best are put in order.
#pragma once

#include <cstdint>

namespace izde::index {

struct Ranked {
    std::uint32_t document = 0;
    double score = 0;
    // In its place: the member that stands for its group of near-duplicates, or itself.
    std::uint32_t shown = 0;
};

}  // namespace izde::index
