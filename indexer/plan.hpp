// Which documents of the live generation can stay as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "izde/result.hpp"

#include "archive.hpp"
#include "known.hpp"

namespace izde::indexer {

struct Plan {
    std::vector<std::uint32_t> keys;     // of each document of the archive
    std::vector<std::uint32_t> removed;  // keys of what is gone, in order
    std::vector<std::uint32_t>
        replaced;                    // keys to be emptied of what is put again, under this key or another
    std::vector<std::uint32_t> put;  // documents to be written
};

// `archive` is settled, `known` what the run of the live generation remembered. Nothing where more than a
// quarter of all would be removed or put: then it is faster to write all of them. Memory: 20 bytes a
// document.
Result<std::optional<Plan>> make_plan(const Archive& archive, const Known& known);

}  // namespace izde::indexer
