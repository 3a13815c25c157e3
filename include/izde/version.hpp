// The version both programs print and write into what they produce.
#pragma once

#include <string>

namespace izde {

// The release, "0.1.0".
std::string version();

}  // namespace izde
