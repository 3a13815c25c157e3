// A PDF that uses what poppler keeps in files: tables of Chinese, Japanese and Korean characters.
#pragma once

#include <string>

namespace izde::read {

// Shows one character in a font of each of the four character collections.
std::string pdf_of_far_east();

}  // namespace izde::read
