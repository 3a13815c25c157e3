// Kazakh in Latin letters, read as Cyrillic: qazaqstannyñ → қазақстанның.
#pragma once

#include "text/kazakh_letters.hpp"

namespace izde::text::kazakh {

// Takes the alphabets of 2018 and 2021, told apart by their letters, and plain ASCII as far as it tells
// them apart. Nothing when a letter is none of theirs or the word is English.
Word transliterate(Letters latin);

}  // namespace izde::text::kazakh
