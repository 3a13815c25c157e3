// Which language a text is written in.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// The code of the language most of the text is in, or "und" when there is too little of it to
// tell. Reads at most the first 16 KiB. May be called from any thread.
std::string detect_language(std::string_view utf8);

}  // namespace izde::text
