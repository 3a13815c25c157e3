// The facets, the histogram of dates and the switches of a results page, as links.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "http/frame.hpp"
#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view results_path = "/search";

// What is on unless the address says "off".
inline constexpr std::array<std::string_view, 3> switches = {"variants", "typo", "collapse"};

// The same search with one thing changed, from its first page.
Params without(const Params& params, std::string_view name);
Params undated(const Params& params);  // of all dates
Params with(const Params& params, std::string_view name, std::string_view value);
Params toggled(const Params& params, std::string_view name, std::string_view value);
bool has(const Params& params, std::string_view name, std::string_view value);

// A parameter's first value; empty: none.
std::string_view value_of(const Params& params, std::string_view name);

// The value as people read it: of a language its name.
std::string shown_value(const Words& words, std::string_view facet, const std::string& value);

// What to count for the rail: the facets, and years, or months where the range lies within a year.
std::vector<index::Breakdown> rail_facets(const search::Request& request);

void write_rail(Sheet& sheet, const search::Request& request, const search::Reply& reply);

}  // namespace izde::http
