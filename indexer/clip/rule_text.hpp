// The rule files as they were when the program was built, one after the other.
#pragma once

#include <string_view>

namespace izde::clip {

std::string_view rule_text();

}  // namespace izde::clip
