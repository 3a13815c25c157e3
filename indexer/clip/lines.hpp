// What a line of a clipped text is, judged by its shape: furniture, a dateline, a sentence.
// `line` is one line of valid UTF-8 without white space at its ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace izde::clip {

std::string_view trimmed(std::string_view text);
std::size_t count_characters(std::string_view text);
std::size_t next_character(std::string_view text, std::size_t at);

// What a clipping tool left: an image's file name, a photo credit, a date or an address alone.
bool is_furniture(std::string_view line);

// Begins like "ASTANA – ...", "Astana, 28 March 2023 (TDI): ...", "新华社北京1月25日电 ...".
bool is_dateline(std::string_view line);

// Where the text after the dateline begins; 0 without one.
std::size_t dateline_end(std::string_view line);

// Whether the line ends in a full stop; an abbreviation's ("U.S.") and an ellipsis do not count.
bool ends_sentence(std::string_view line);

// Behind the first sentence of `text`, its closing quotes included.
std::size_t first_sentence_end(std::string_view text);

}  // namespace izde::clip
