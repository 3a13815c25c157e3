// Writes that survive a power cut, and reads of small files.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "izde/result.hpp"

namespace izde::index {

// The whole file; Errc::not_found when there is none, Errc::index_corrupt above `max_bytes` and when it is
// a link, a pipe or anything but a regular file.
Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes);

// Writes next to the file ("NAME.new"), syncs, renames over it, syncs the folder: readers see the old or
// the new. On failure the old is there.
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes);

// The same, written piece by piece; what `fill` fails with is handed on.
using Put = std::function<Result<void>(std::string_view bytes)>;
Result<void> replace_file(const std::filesystem::path& file,
                          const std::function<Result<void>(const Put& put)>& fill);

// Removes what replace_file leaves next to `file` when it is killed.
void remove_what_replacing_left(const std::filesystem::path& file) noexcept;

// A file or a folder.
Result<void> sync(const std::filesystem::path& path);

// What a person can do about an errno of writing or reading a disk; may be empty.
std::string advice_on(int error);

}  // namespace izde::index
