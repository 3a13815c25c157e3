#include <algorithm>
#include <array>

#include "names/sounds.hpp"

namespace izde::names {
namespace {

struct Letter {
    char32_t letter;
    std::string_view sounds;
};

constexpr auto alphabet = std::to_array<Letter>({
    {U'ئ', ""},  {U'ا', "a"}, {U'ە', "a"}, {U'ې', "e"}, {U'ى', "i"}, {U'و', "o"}, {U'ۆ', "o"},
    {U'ۇ', "u"}, {U'ۈ', "u"}, {U'ۋ', "v"}, {U'ب', "b"}, {U'پ', "p"}, {U'ت', "t"}, {U'ج', "J"},
    {U'چ', "C"}, {U'خ', "h"}, {U'د', "d"}, {U'ر', "r"}, {U'ز', "z"}, {U'ژ', "J"}, {U'س', "s"},
    {U'ش', "S"}, {U'غ', "g"}, {U'ف', "f"}, {U'ق', "k"}, {U'ك', "k"}, {U'گ', "g"}, {U'ڭ', "ng"},
    {U'ل', "l"}, {U'م', "m"}, {U'ن', "n"}, {U'ھ', "h"}, {U'ي', "i"},
});

// Arabic and Persian leave most vowels out; Uyghur writes each, with letters that they lack.
constexpr Letters vowels = U"ەېۆۇۈ";

}  // namespace

std::vector<std::string> read_uyghur(Letters word) {
    if (word.find_first_of(vowels) == Letters::npos && !word.starts_with(U"ئ")) return {};
    std::string sounds;
    for (const char32_t c : word) {
        const auto found = std::ranges::find(alphabet, c, &Letter::letter);
        if (found == alphabet.end()) return {};
        sounds += found->sounds;
    }
    return {sounds};
}

}  // namespace izde::names
