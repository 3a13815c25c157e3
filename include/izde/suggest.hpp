// The known word that somebody who wrote a wrong one most likely meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace izde {

// Nothing when no known word is near: more than a third of the letters would have to change.
// Meant for names in ASCII such as flags, keys and parameters; compares bytes.
std::optional<std::string> nearest(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace izde
