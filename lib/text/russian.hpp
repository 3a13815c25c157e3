// What the inflected forms of a Russian word share, where Snowball alone would part them.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// Snowball takes the end of many nouns and names for an ending: Казахстан loses its -н, Казахстаном
// does not. This gives back what all case forms share and changes nothing else. `case_folded` as
// fold_case leaves it (ё is е, й is й); any bytes are allowed. May be called from any thread.
std::string stem_russian(std::string_view case_folded, std::string_view snowball_stem);

}  // namespace izde::text
