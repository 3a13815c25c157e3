// How a word sounds, in an alphabet of our own: a–z as a Romance reader expects, and S, C, J for
// the first sounds of Shanghai, Chile and John. A word that is ambiguous has several readings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace izde::names {

using Letters = std::u32string_view;

// The letters of a word, without the signs and marks that change no sound; empty if some byte
// is no UTF-8.
std::u32string letters_of(std::string_view utf8);

// All readings, at most eight; none when a letter is not of the alphabet.
std::vector<std::string> read_latin(Letters word);
std::vector<std::string> read_cyrillic(Letters word);
std::vector<std::string> read_uyghur(Letters word);

// The word with its h or Cyrillic г before vowels as `aspirate`, which read_latin and read_cyrillic give a
// sound of its own, G: Hamburg is Гамбург, but Garry is no Harry. Of г the first one alone as well: Гегель is
// Hegel. None for a word without.
inline constexpr char32_t aspirate = U'ʰ';
std::vector<std::u32string> with_aspirates(Letters word);

// A Kazakh word with у for the о or ө of its first syllable, as Russian hears it: Қонаев, Кунаев; Өтеміс,
// Утемис. Empty for another word.
std::u32string with_raised_vowel(Letters word);

// The pinyin of a Chinese name in Cyrillic by Palladius' system (Цзиньпин: jinping), at most two
// readings, since cases hide a soft ending (Ухане: wuhan); none for a word that is no such name, or
// that may as well be a Russian one (чина).
std::vector<std::string> pinyin_of_palladius(Letters word);

// The plain letters of a word that is whole pinyin syllables (lǚ-shùn: lushun); empty for others.
std::string pinyin_of_latin(Letters word);

// What the usual spellings of a sounding word have in common; empty if that is too little to
// tell names apart.
std::string skeleton(std::string_view sounds);

// What a Kazakh name of a father or a family shares with its Russian form, from its sounds: Байтұрсынұлы and
// Байтурсынов, Әбішұлы and Абишевич, Серікқызы and Серикова. Иванов and Иванович share nothing.
std::vector<std::string> family_keys(std::string_view sounds);

}  // namespace izde::names
