// What RTF calls code pages and character sets.
#pragma once

#include <string>

namespace izde::read {

// As ICU names it; windows-1252 for what nobody knows.
std::string encoding_of(int code_page);

// Of a font's \fcharset; 0: the document's own.
int page_of_charset(int charset);

}  // namespace izde::read
