// One key for traditional and simplified Chinese characters.
#pragma once

namespace izde::text {

// The simplified character for a traditional one (國 → 国, 臺 → 台), otherwise `c` itself. Characters alone:
// what depends on the neighbours (乾 in 乾隆) gets the usual answer, and none becomes two. A
// look-up in a table that was made of ICU's rules when izde was built. Any thread may call; never fails.
char32_t to_simplified(char32_t c);

}  // namespace izde::text
