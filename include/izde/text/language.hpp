// The languages izde treats by their own rules. A language is named by its ISO 639-1 code
// ("en", "ru", "kk", "zh"); "und" is a text of no known language.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace izde::text {

enum class Script : unsigned char { other, latin, cyrillic, han, arabic, greek, armenian, devanagari, tamil };

struct LanguageRules {
    std::string_view code;
    std::string_view stemmer;  // Snowball's name for it, or kazakh for our own; empty: none
    Script script;             // the script its words are written in
};

// All of them, by code.
std::span<const LanguageRules> languages();

// Whether words of this language have stems other than themselves.
bool has_stemmer(std::string_view lang);

// Whether a word may belong to the language, judged by the script of its first letter.
bool may_be_word_of(std::string_view word, std::string_view lang);
bool may_be_word_of(std::string_view word, const LanguageRules& language);

// Null for a code without rules of its own.
const LanguageRules* find_language(std::string_view code);

// "EN", "en-US", "eng" → "en"; anything that is no plausible code → "und".
std::string canonical_language(std::string_view code);

// Whether a folded word carries grammar rather than meaning ("the", "и", "және", "的").
bool is_stop_word(std::string_view folded, std::string_view lang);

}  // namespace izde::text
