// Which language a text is written in.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// The code of the language most of the text is in, or "und" when there is too little of it to
// tell. Reads at most the first 16 KiB. May be called from any thread.
std::string detect_language(std::string_view utf8);

// The language of one paragraph of a text in `document_lang`: that one, unless the paragraph is long
// enough to tell and clearly in another. Looks at its first few hundred bytes. The code outlives the
// call, if `document_lang` does. May be called from any thread.
std::string_view paragraph_language(std::string_view utf8, std::string_view document_lang);

}  // namespace izde::text
