// Sorted runs of documents, and what stays of another generation → the tables of a generation.
#pragma once

#include <filesystem>
#include <vector>

#include "index/glass/files.hpp"
#include "index/glass/kept.hpp"
#include "index/glass/run.hpp"

namespace izde::index {

// The database (glass::write_database) and the positions (positions::write), side by side.
std::vector<glass::Written> write_tables(glass::Scratch& scratch, const std::vector<glass::Run>& runs,
                                         const std::filesystem::path& folder, const glass::Kept& kept = {});

}  // namespace izde::index
