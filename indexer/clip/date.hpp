// Dates as documents declare them, and as they stand in running text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::clip {

// Reads a declared date: ISO 8601 in any precision ("2022", "2022-01", "2022-01-25T10:00:00+06:00"),
// RFC 2822, and the styles of the languages in clip/rules: "January 25, 2022", "25 января 2022 года",
// "2022 жылғы 25 қаңтар", "25.01.2022", "2022年1月25日", "二〇二二年一月二十五日". What is no date, or lacks
// its year, comes back with an empty value and its text kept.
index::Date read_date(std::string_view declared, std::string_view source);

// A day that stands somewhere in a text.
struct FoundDate {
    index::Date date;                // its text as it stands there; no value where the year is not said
    std::size_t begin = 0, end = 0;  // bytes of the text, a time of day behind it included
    bool has_time = false;
};

// The days in `text` in its order, at most `limit`. Years and months alone are not looked for.
std::vector<FoundDate> find_dates(std::string_view text, std::size_t limit = 16);

// Whether a day may stand at the beginning of a comparable text: it does so in figures or as a month.
bool may_begin_date(std::string_view comparable);

// The day a name or address holds in figures, year first: "2022-01-25_bridge.txt", "/2022/01/25/bridge".
index::Date date_in_name(std::string_view name, std::string_view source);

}  // namespace izde::clip
