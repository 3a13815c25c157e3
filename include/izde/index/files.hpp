// Writes that survive a power cut, and reads of small files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "izde/result.hpp"

namespace izde::index {

// The whole file; Errc::not_found when there is none, Errc::index_corrupt above `max_bytes`.
Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes);

// Writes next to the file, syncs, renames over it, syncs the folder: readers see the old or the new.
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes);

// A file or a folder.
Result<void> sync(const std::filesystem::path& path);

}  // namespace izde::index
