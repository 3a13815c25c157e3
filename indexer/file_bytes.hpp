// The bytes of an open file, whatever position it stands at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace izde::indexer {

// Fills `into` with what stands at `begin`. False, and errno says why: there is less (EIO), or it cannot be
// read.
bool read_at(int file, std::uint64_t begin, std::string& into);

std::uint64_t hash_of(std::string_view bytes);  // XXH3-64

// hash_of() all of it; nothing where it cannot be read.
std::optional<std::uint64_t> content_of(int file);

}  // namespace izde::indexer
