// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace izde::indexer {

std::string with_commas(std::uint64_t number);  // "21,577"

}  // namespace izde::indexer
