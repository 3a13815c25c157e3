// The quotation marks of the world, in pairs. An apostrophe is none of them.
#pragma once

#include <span>
#include <string_view>

namespace izde::query {

struct Quote {
    char32_t opens;
    std::u32string_view closed_by;
    std::string_view left, right;  // as to_string writes them
};

// The ones to write with come first.
std::span<const Quote> quotes();

// Null where `c` opens nothing.
const Quote* quote_opened_by(char32_t c);

bool closes(const Quote& quote, char32_t c);

// Whether `c` opens or closes any quote.
bool is_quote(char32_t c);

}  // namespace izde::query
