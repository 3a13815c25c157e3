// A condition of a match of Xapian's: that words stand in a document as they should.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "index/positions/lists.hpp"

namespace izde::index {

// A phrase, or all within so many positions: has_phrase and has_near.
using Reach = std::optional<std::uint32_t>;

// Met by documents in which the words stand so, each in one of its terms. It is asked after all other
// conditions of an AND, also those of a Gate, for it reads positions. `positions` must outlive the match,
// which throws glass::Damaged where they are.
Xapian::Query standing(const positions::Lists& positions, std::vector<std::vector<std::string>> words,
                       Reach reach);

}  // namespace izde::index
