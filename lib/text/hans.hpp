// One key for traditional and simplified Chinese characters.
#pragma once

namespace izde::text {

// The simplified character for a traditional one (國 → 国, 臺 → 台), otherwise `c` itself. Characters alone:
// what depends on the neighbours (乾 in 乾隆) gets the usual answer, and none becomes two. The first call
// with an ideograph builds the table (55 KB) in about 40 ms; after that it is a look-up, and below
// U+3400 it is one comparison. May be called from any thread; never fails.
char32_t to_simplified(char32_t c);

}  // namespace izde::text
