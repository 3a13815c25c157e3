// Dates as parameters and queries write them.
#pragma once

#include <string_view>

namespace izde {

// YYYY, YYYY-MM or YYYY-MM-DD, and in the calendar.
bool is_date(std::string_view text);

// Whether a range from the one to the other holds no day; both must be dates.
bool is_reversed(std::string_view from, std::string_view to);

}  // namespace izde
