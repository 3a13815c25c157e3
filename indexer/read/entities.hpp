// Character references ("&quot;", "&#39;") in text that is no markup any more.
#pragma once

#include <string>
#include <string_view>

namespace izde::read {

// Each known reference once; what is none stays as it is.
std::string decode_entities(std::string_view text);

}  // namespace izde::read
