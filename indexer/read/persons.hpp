// Names of people as bylines and declarations write them.
#pragma once

#include <string>
#include <string_view>

namespace izde::read {

// "By Anna Smith and Bolat Ospan | June 7" → "Anna Smith, Bolat Ospan": without "By", "Автор:",
// "记者", without what stands behind the names. What does not read like names (an address, a
// sentence, "admin") comes back empty.
std::string persons(std::string_view byline);

// Adds to "A, B" what persons() finds in `byline`, each name once.
void add_person(std::string& list, std::string_view byline);

}  // namespace izde::read
