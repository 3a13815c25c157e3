// How much a text reads like something a person wrote: the judge between encodings.
#pragma once

#include <string_view>

namespace izde::read {

// The higher, the likelier; below zero for what nobody would write. Only texts decoded from the
// same bytes may be compared. `utf8` must be valid.
double plausibility(std::string_view utf8);

}  // namespace izde::read
