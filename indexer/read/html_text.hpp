// The text of a piece of HTML within another format.
#pragma once

#include <string>
#include <string_view>

namespace izde::read {

// As read_html() would give it for a body, without anything of a head. `html` is UTF-8.
std::string html_text(std::string_view html);

}  // namespace izde::read
