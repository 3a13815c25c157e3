// Words typed with another keyboard layout switched on than was meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/lookup.hpp"

namespace izde::query {

// `typed` as the same keys give it on another layout (English, Russian, Kazakh), if the index lacks some
// of its words and knows all of these on the other one; words it has stay. Works on the raw text, since
// [ ; ' , . and digits are letters there: `rfpf[cnfy` → казахстан, `0fpf0cnfy` → қазақстан.
std::optional<std::string> on_other_layout(std::string_view typed, const Lexicon& lexicon);

}  // namespace izde::query
