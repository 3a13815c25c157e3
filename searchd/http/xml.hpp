// Text as XML takes it.
#pragma once

#include <string>
#include <string_view>

namespace izde::http {

// For an element or an attribute in double quotes. Whatever bytes come, what leaves is valid UTF-8 of
// characters that XML 1.0 allows; others become U+FFFD.
std::string xml_escaped(std::string_view text);

}  // namespace izde::http
