// Many hashes at once.
#pragma once

#include <cstdint>
#include <vector>

namespace izde::clip {

// Sorts them and leaves each once. Fast where they are spread evenly over all 64 bits; never much slower
// than std::sort.
void sort_unique(std::vector<std::uint64_t>& hashes);

}  // namespace izde::clip
