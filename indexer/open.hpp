// Opens what the walk found, and nothing else that may have taken its place since.
#pragma once

#include <filesystem>
#include <istream>
#include <memory>

#include "izde/result.hpp"

#include "descriptor.hpp"

namespace izde::indexer {

// A regular file, to read. No part of the path may be a symbolic link (Entry::file has none; make other
// paths canonical first). The path may have any length. Does not wait for a pipe's other end.
Result<Descriptor> open_file(const std::filesystem::path& file);

// What is open as a stream, from where it stands, that can go to any place. An error while
// reading sets the stream's badbit. The descriptor stays the caller's and must outlive it.
std::unique_ptr<std::istream> stream_of(int descriptor);

}  // namespace izde::indexer
