// Dates as documents declare them.
#pragma once

#include <string>
#include <string_view>

#include "izde/index/document.hpp"

namespace izde::clip {

// Reads a declared date: ISO 8601 in any precision ("2022", "2022-01", "2022-01-25T10:00:00+06:00"),
// RFC 2822, "25 January 2022", "January 25, 2022", "25.01.2022", "2022年1月25日". What is no date
// comes back with an empty value and its text kept.
index::Date read_date(std::string_view declared, std::string_view source);

}  // namespace izde::clip
