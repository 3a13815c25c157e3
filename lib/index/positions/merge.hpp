// The positions of sorted runs, and what stays of another generation's → the file `positions`.
#pragma once

#include <filesystem>
#include <vector>

#include "index/glass/files.hpp"
#include "index/glass/kept.hpp"
#include "index/glass/run.hpp"

namespace izde::index::positions {

// As glass::write_database, whose partner it is: the same documents under the same keys make the same bytes,
// whether they are kept or not. One thread. Throws what Writer does, and glass::Damaged.
glass::Written write(glass::Scratch& scratch, const std::vector<glass::Run>& runs,
                     const std::filesystem::path& folder, const glass::Kept& kept);

}  // namespace izde::index::positions
