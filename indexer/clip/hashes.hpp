// Sets of hashes, of which a long text has many.
#pragma once

#include <cstdint>
#include <vector>

namespace izde::clip {

// Leaves each of them once, in any order. Fast where their low bits are spread evenly; never much slower than
// std::sort.
void keep_once(std::vector<std::uint64_t>& hashes);

}  // namespace izde::clip
