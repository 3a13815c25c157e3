// Dates that were typed as words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/parse.hpp"

namespace izde::query {

// The first full date in a text, as "2023-03-27": so written, or 27.03.2023, 3/27/2023, 2023年3月27日,
// March 27, 2023, 27 марта 2023, 2023 жылғы 27 наурыз, and with the months of the other languages that
// izde knows well. 3/4/2023 may be either day, so it is none.
std::optional<std::string> date_in(std::string_view utf8);

// Of what was typed as plain words and phrases, unless that is a long text, which asks for something else.
std::optional<std::string> typed_date(const Syntax& root);

}  // namespace izde::query
