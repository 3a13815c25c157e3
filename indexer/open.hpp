// Opens what the walk found, and nothing else that may have taken its place since.
#pragma once

#include <filesystem>
#include <istream>
#include <memory>

#include "izde/result.hpp"

namespace izde::indexer {

// A regular file as a stream that can go back to its beginning; "-" or an empty path is standard
// input. No part of the path may be a symbolic link (Entry::file has none; make other paths
// canonical first). The path may have any length. Does not wait for a pipe's other end. An error
// while reading sets the stream's badbit.
Result<std::unique_ptr<std::istream>> open_regular(const std::filesystem::path& file);

}  // namespace izde::indexer
