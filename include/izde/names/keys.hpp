// By what spellings of one name know each other, across scripts and systems of transliteration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace izde::names {

// The keys of one word. Two words that share a key are likely spellings of one name: Tokayev,
// Tokaev, Toqaev, Токаев, Тоқаев; Uyghur, Uigur, уйгур, ұйғыр; Xingrui, Xingruy, Синжуй; Hamburg,
// Гамбург; Қонаев, Кунаев; Байтұрсынұлы, Байтурсынов.
//
// `case_folded_word` is UTF-8, without case, accents kept, as text::Token::exact; a stem is a
// word like others. There are none for a word that is no name by its look: longer than
// longest_name bytes, with a digit, with letters of two scripts, of a script without rules
// (those are Latin, Cyrillic and the Arabic letters of Uyghur), or with fewer than four sounds, or
// four of which the last is a vowel (more, Куба). Any bytes may come; cost is linear in them. The
// keys are sorted, different, at most most_keys, each at most twice as long as the word, and mean
// nothing by themselves. From any thread.
//
// Sounds are by the usual Russian, Kazakh (1940; 2018 and 2021 in Latin), Turkish and English
// spellings, Chinese names by Palladius and pinyin. What no spelling shows (Astana, Nur-Sultan;
// Tokayev, 托卡耶夫) is said by aliases.hpp. Keys are for names only: ordinary words meet by
// chance about once in a hundred, so at least one of two words should be one that is mostly
// written with a capital.
std::vector<std::string> name_keys(std::string_view case_folded_word);

inline constexpr std::size_t longest_name = 64;
inline constexpr std::size_t most_keys = 16;

}  // namespace izde::names
