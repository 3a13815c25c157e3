// Steps through UTF-8 and repairs it. Everything here takes any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace izde::text {

bool is_ascii(std::string_view bytes);

// Strictly valid: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view bytes);

// The same text with each ill-formed sequence replaced by U+FFFD and NUL removed.
std::string repair_utf8(std::string_view bytes);

// The border at or before / at or after `at` where a user-perceived character starts, so that
// a base is never parted from its marks. `utf8` must be valid.
std::size_t character_begin(std::string_view utf8, std::size_t at);
std::size_t character_end(std::string_view utf8, std::size_t at);

// The same for code points: where the one that `at` is inside of begins.
std::size_t code_point_begin(std::string_view utf8, std::size_t at);

std::size_t count_code_points(std::string_view utf8);

// `code_point` must be one, and no surrogate.
void append_utf8(std::string& utf8, char32_t code_point);

// Columns a text takes in a fixed-width display: 2 for Han and other wide characters, 0 for marks.
std::size_t display_width(std::string_view utf8);

// Runs of white space (NBSP and line ends too) become one space; none is left at the ends.
std::string collapse_spaces(std::string_view utf8);

}  // namespace izde::text
