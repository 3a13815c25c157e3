// What may follow "date:".
#pragma once

#include <string_view>

namespace izde::query {

// 2022, 2022-01, 2022-01-25, or two of them with ".." between; one end may be missing.
bool is_date_value(std::string_view text);

// Whether a date value ends before it begins.
bool is_backwards(std::string_view date_value);

inline constexpr std::size_t longest_date = std::string_view("2022-01-25..2022-01-25").size();

}  // namespace izde::query
