#include "izde/text/language.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "text/stop_words.hpp"

namespace izde::text {
namespace {

constexpr std::array<LanguageRules, 33> rules{{
    {"ar", "arabic", Script::arabic},
    {"az", "", Script::latin},
    {"be", "", Script::cyrillic},
    {"bg", "", Script::cyrillic},
    {"ca", "catalan", Script::latin},
    {"da", "danish", Script::latin},
    {"de", "german2", Script::latin},
    {"en", "english", Script::latin},
    {"es", "spanish", Script::latin},
    {"eu", "basque", Script::latin},
    {"fi", "finnish", Script::latin},
    {"fr", "french", Script::latin},
    {"ga", "irish", Script::latin},
    {"hu", "hungarian", Script::latin},
    {"hy", "armenian", Script::armenian},
    {"id", "indonesian", Script::latin},
    {"it", "italian", Script::latin},
    {"ja", "", Script::han},
    {"kk", "kazakh", Script::cyrillic},
    {"ky", "", Script::cyrillic},
    {"lt", "lithuanian", Script::latin},
    {"ne", "nepali", Script::devanagari},
    {"nl", "dutch", Script::latin},
    {"no", "norwegian", Script::latin},
    {"pt", "portuguese", Script::latin},
    {"ro", "romanian", Script::latin},
    {"ru", "russian", Script::cyrillic},
    {"sv", "swedish", Script::latin},
    {"ta", "tamil", Script::tamil},
    {"tr", "turkish", Script::latin},
    {"uk", "", Script::cyrillic},
    {"uz", "", Script::latin},
    {"zh", "", Script::han},
}};

constexpr std::size_t letters = 'z' - 'a' + 1;

constexpr std::size_t place_of(std::string_view code) {
    return static_cast<std::size_t>(code[0] - 'a') * letters + static_cast<std::size_t>(code[1] - 'a');
}

// By the two letters of their code: analysis asks of each word what its language's rules are.
constexpr auto by_code = [] {
    std::array<const LanguageRules*, letters * letters> table{};
    for (const LanguageRules& one : rules) table[place_of(one.code)] = &one;
    return table;
}();

constexpr bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

// The three-letter codes of the languages people file under most.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> long_codes{{
    {"eng", "en"},
    {"rus", "ru"},
    {"kaz", "kk"},
    {"zho", "zh"},
    {"chi", "zh"},
    {"tur", "tr"},
    {"deu", "de"},
    {"ger", "de"},
    {"fra", "fr"},
    {"fre", "fr"},
    {"spa", "es"},
    {"uzb", "uz"},
}};

// Kazakh in Latin letters shows by those that English lacks, or by a q without u. Without them a
// word is not worth a guess: "men", "at" and "bar" are Kazakh words, too.
bool has_kazakh_letters(std::string_view latin) {
    for (std::size_t i = 0; i < latin.size(); ++i) {
        if (static_cast<unsigned char>(latin[i]) >= 0x80) return true;
        if ((latin[i] | 0x20) == 'q' && (i + 1 == latin.size() || (latin[i + 1] | 0x20) != 'u')) return true;
    }
    return false;
}

bool may_be_latin(std::string_view word, const LanguageRules& language) {
    return language.script == Script::latin || (language.code == "kk" && has_kazakh_letters(word));
}

}  // namespace

std::span<const LanguageRules> languages() {
    return rules;
}

const LanguageRules* find_language(std::string_view code) {
    return code.size() == 2 && is_small(code[0]) && is_small(code[1]) ? by_code[place_of(code)] : nullptr;
}

std::string canonical_language(std::string_view code) {
    std::string primary;
    for (const char c : code.substr(0, code.find_first_of("-_"))) {
        if (std::isalpha(static_cast<unsigned char>(c)) == 0) return "und";
        primary += static_cast<char>(c | 0x20);
    }
    for (const auto& [three, two] : long_codes)
        if (primary == three) return std::string(two);
    if (primary == "nb" || primary == "nn") return "no";
    return primary.size() == 2 || primary.size() == 3 ? primary : "und";
}

bool has_stemmer(std::string_view lang) {
    const LanguageRules* const found = find_language(lang);
    return found != nullptr && !found->stemmer.empty();
}

bool may_be_word_of(std::string_view word, std::string_view lang) {
    const LanguageRules* const found = find_language(lang);
    return found != nullptr && may_be_word_of(word, *found);
}

bool may_be_word_of(std::string_view word, const LanguageRules& language) {
    if (word.empty()) return false;
    if (static_cast<unsigned char>(word.front()) < 0x80)
        return is_small(static_cast<char>(word.front() | 0x20)) && may_be_latin(word, language);
    std::int32_t at = 0;
    UChar32 first = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(word.data()), at,
                    static_cast<std::int32_t>(word.size()), first);
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(first, &status)) {
    case USCRIPT_LATIN:
        return may_be_latin(word, language);
    case USCRIPT_CYRILLIC:
        return language.script == Script::cyrillic || language.code == "uz";
    case USCRIPT_ARABIC:
        return language.script == Script::arabic;
    case USCRIPT_ARMENIAN:
        return language.script == Script::armenian;
    case USCRIPT_DEVANAGARI:
        return language.script == Script::devanagari;
    case USCRIPT_TAMIL:
        return language.script == Script::tamil;
    default:
        return false;  // digits, Han and scripts without a stemmer
    }
}

bool is_stop_word(std::string_view folded, std::string_view lang) {
    const auto words = stop_words(lang);
    return std::ranges::binary_search(words, folded);
}

}  // namespace izde::text
