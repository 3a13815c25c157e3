// What looks like the name of a person or of a paper, in bylines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace izde::clip {

// The names in "Dr. A, B and C, staff writers", in small letters: "A, B, C". Empty where any part does
// not look like a name, or for "Staff Reporter".
std::string read_names(std::string_view names);

// A name of at least `fewest` words, at most four; of Chinese characters, two to four. Titles of
// persons are no part of it. `name` is stripped.
bool is_name(std::string_view name, std::size_t fewest);

// A name that alone can be told from other words: of two words or more, or a Chinese surname and one
// or two characters; none that a paper's name has words of.
bool looks_like_name(std::string_view name);

// One with a word that papers call themselves by: Times, Zeitung, ...; or in quotation marks.
bool looks_like_paper(std::string_view name);

// Without signs, white space and quotation marks at its ends.
std::string_view strip(std::string_view text);

// Without "Dr." before and "staff writer" behind.
std::string_view without_titles(std::string_view name);

// Cut at commas, "and" and the like; Chinese names at spaces, too. The parts are stripped.
std::vector<std::string_view> split_names(std::string_view names);

std::vector<std::string_view> words_of(std::string_view text);

// Nothing but Chinese characters.
bool is_han(std::string_view text);

}  // namespace izde::clip
