#include "izde/dates.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace izde {
namespace {

std::optional<unsigned> number(std::string_view digits) {
    unsigned value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

}  // namespace

bool is_date(std::string_view text) {
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    if (text.size() >= 7 && text[4] != '-') return false;
    if (text.size() == 10 && text[7] != '-') return false;
    const auto year = number(text.substr(0, 4));
    const auto month = text.size() >= 7 ? number(text.substr(5, 2)) : 1;
    const auto day = text.size() == 10 ? number(text.substr(8, 2)) : 1;
    if (!year || !month || !day || *year == 0) return false;
    return (std::chrono::year(static_cast<int>(*year)) / static_cast<int>(*month) / static_cast<int>(*day))
        .ok();
}

bool is_reversed(std::string_view from, std::string_view to) {
    // Of "2022-05" and "2022", both hold May: only what both name can differ.
    const auto common = std::min(from.size(), to.size());
    return from.substr(0, common) > to.substr(0, common);
}

}  // namespace izde
