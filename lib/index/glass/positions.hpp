// Where a term stands in a document, as the position table holds it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace izde::index::glass {

// Appends the last position, and unless it is the only one, interpolative code of the others (Moffat and
// Stuiver, "Binary interpolative coding", 2000). `positions`: ascending, at least one.
void put_positions(std::string& to, std::span<const std::uint32_t> positions);

}  // namespace izde::index::glass
