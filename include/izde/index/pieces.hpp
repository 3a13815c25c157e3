// How a long body is stored: in pieces, with places from which it can be read without what stands before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace izde::index {

// At byte `at` of a body a line begins, or a word, or where no word begins for long, a character. Words that
// begin before it have positions below `position`, those behind it that or above, as the index counts them.
struct Milestone {
    std::size_t at = 0;
    std::uint32_t position = 0;
    friend bool operator==(const Milestone&, const Milestone&) = default;
};

struct Pieces {
    std::vector<Milestone> milestones;  // ascending, the first one at the beginning
    struct Piece {
        std::size_t at = 0, bytes = 0;                // of the body; begins at a milestone
        std::size_t stored_at = 0, stored_bytes = 0;  // of what is packed
    };
    std::vector<Piece> pieces;  // one behind the other
};

}  // namespace izde::index
