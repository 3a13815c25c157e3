// Names and values as they stand in an address after the '?'.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace izde::http {

using Params = std::vector<std::pair<std::string, std::string>>;

// "q=a+b&lang=kk" in order, repeats kept; a '%' that starts no escape stands for itself. Any
// bytes may come out.
Params decode_form(std::string_view text);

// The way back, "q=a+b&lang=kk": any bytes as themselves or as escapes.
std::string encode_form(const Params& params);

}  // namespace izde::http
