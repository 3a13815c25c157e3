// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace izde::indexer {

std::string with_commas(std::uint64_t number);  // "21,577"
std::string megabytes(std::uint64_t bytes);     // "17.6 MB", of 1,000,000 bytes
std::string mebibytes(std::uint64_t bytes);     // "8.0 MiB"

}  // namespace izde::indexer
