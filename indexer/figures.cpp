#include "figures.hpp"

#include <array>
#include <cstdio>

namespace izde::indexer {
namespace {

std::string with_a_tenth(const char* pattern, double number) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), pattern, number);
    return text.data();
}

}  // namespace

std::string with_commas(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

std::string megabytes(std::uint64_t bytes) {
    return with_a_tenth("%.1f MB", static_cast<double>(bytes) / 1e6);
}

std::string mebibytes(std::uint64_t bytes) {
    return with_a_tenth("%.1f MiB", static_cast<double>(bytes) / (1 << 20));
}

}  // namespace izde::indexer
