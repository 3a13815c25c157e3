// How letters are written, for rules about lines and names. Words of the index are made by
// analyze() alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace izde::text {

// A line as rules compare it: small letters, ё as е, ı as i; quotation marks, apostrophes, dashes
// and full-width signs as their ASCII kin; white space as single spaces, none at the ends; soft
// hyphens and other invisible characters gone. Accents stay.
struct Comparable {
    std::string text;
    std::vector<std::uint32_t> origin;  // the byte of the original each byte came from; one more: the end
};
Comparable comparable(std::string_view utf8);

// How the letters of a word are written: "7" none, "de" small, "Astana" first, "ASTANA" all,
// "McDonald" and "iPhone" mixed. Letters without case (Chinese, Arabic) count as none.
enum class Capitals : std::uint8_t { none, small, first, all, mixed };
Capitals capitals(std::string_view word);

// Words all in capitals, of two letters or more, get one capital each: "NUR-SULTAN" becomes
// "Nur-Sultan", "O'BRIEN" "O'Brien", "XI'AN" "Xi'an"; initials ("J.K.") stay. İ, Ş and Ğ tell a Turkish word,
// whose I is ı.
std::string with_small_letters(std::string_view name);

// With its first letter as a name has it: "astana" becomes "Astana".
std::string with_capital(std::string_view word);

}  // namespace izde::text
