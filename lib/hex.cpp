#include "izde/hex.hpp"

#include <charconv>

namespace izde {

std::string hex_of(std::uint64_t number) {
    std::string hex(16, '0');
    for (auto digit = hex.rbegin(); digit != hex.rend(); ++digit, number >>= 4)
        *digit = "0123456789abcdef"[number & 0xF];
    return hex;
}

std::uint64_t number_of_hex(std::string_view hex) {
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
    return number;
}

}  // namespace izde
