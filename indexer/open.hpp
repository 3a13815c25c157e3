// Opens what the walk found, and nothing else that may have taken its place since.
#pragma once

#include <filesystem>

#include "izde/result.hpp"

#include "descriptor.hpp"

namespace izde::indexer {

// A regular file, to read. No part of the path may be a symbolic link (Entry::file has none; make other
// paths canonical first). The path may have any length. Does not wait for a pipe's other end.
Result<Descriptor> open_file(const std::filesystem::path& file);

}  // namespace izde::indexer
