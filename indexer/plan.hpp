// Which documents of the live generation can stay as they are.
#pragma once

#include <cstdint>
#include <vector>

#include "archive.hpp"
#include "known.hpp"

namespace izde::indexer {

struct Plan {
    std::vector<std::uint32_t> keys;     // of each document of the archive
    std::vector<std::uint32_t> removed;  // keys that are to be emptied, also for another document
    std::vector<std::size_t> put;        // documents to be written
};

// `archive` is settled, `known` what the run of the live generation remembered.
Plan make_plan(const Archive& archive, const Known& known);

}  // namespace izde::indexer
