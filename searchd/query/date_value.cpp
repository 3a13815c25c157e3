#include "query/date_value.hpp"

#include <algorithm>
#include <array>

namespace izde::query {
namespace {

// The number of exactly `digits` digits that `text` begins with, taken off it; -1 if there is none.
int take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return -1;
    int number = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take_dash(std::string_view& text) {
    if (!text.starts_with('-')) return false;
    text.remove_prefix(1);
    return true;
}

int days_in(int year, int month) {
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool is_date(std::string_view text) {
    const int year = take_number(text, 4);
    if (year < 1) return false;
    if (text.empty()) return true;
    const int month = take_dash(text) ? take_number(text, 2) : -1;
    if (month < 1 || month > 12) return false;
    if (text.empty()) return true;
    const int day = take_dash(text) ? take_number(text, 2) : -1;
    return day >= 1 && day <= days_in(year, month) && text.empty();
}

}  // namespace

bool is_date_value(std::string_view text) {
    if (text.size() > longest_date) return false;
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) return is_date(text);
    const std::string_view from = text.substr(0, dots), to = text.substr(dots + 2);
    if (from.empty() && to.empty()) return false;
    return (from.empty() || is_date(from)) && (to.empty() || is_date(to));
}

bool is_backwards(std::string_view date_value) {
    const std::size_t dots = date_value.find("..");
    if (dots == std::string_view::npos) return false;
    const std::string_view from = date_value.substr(0, dots), to = date_value.substr(dots + 2);
    const std::size_t known = std::min(from.size(), to.size());
    return from.substr(0, known) > to.substr(0, known);
}

}  // namespace izde::query
