// 64-bit numbers as files and answers show them: ids, hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace izde {

std::string hex_of(std::uint64_t number);           // 16 digits, small letters
std::uint64_t number_of_hex(std::string_view hex);  // 0 for what is none

}  // namespace izde
