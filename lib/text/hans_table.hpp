// ICU knows which traditional character is which simplified one, but takes a tenth of a second to read its
// rules. So it is asked for all of them when izde is built, by make_hans_table.cpp.
#pragma once

#include <array>

namespace izde::text {

inline constexpr char32_t first_ideograph = 0x3400, last_ideograph = 0x9FFF;  // ICU maps none beyond
extern const std::array<char16_t, last_ideograph - first_ideograph + 1> hans_table;

}  // namespace izde::text
