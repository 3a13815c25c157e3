#include "izde/names/keys.hpp"

#include <algorithm>
#include <iterator>

#include "izde/text/utf8.hpp"

#include "names/sounds.hpp"

namespace izde::names {
namespace {

constexpr char pinyin_mark = '=';  // keeps letters apart from sounds

void add_skeletons(std::vector<std::string>& keys, const std::vector<std::string>& readings) {
    for (const std::string& reading : readings)
        if (auto key = skeleton(reading); !key.empty()) keys.push_back(std::move(key));
}

// By the first reading alone. The fewer sounds, the more words of other meaning are spelt so.
constexpr std::size_t fewest_with_aspirates = 5;     // герб is no herb
constexpr std::size_t fewest_with_raised_vowel = 6;  // Тұран is no Торан

void add_family(std::vector<std::string>& keys, const std::vector<std::string>& readings) {
    if (!readings.empty()) std::ranges::move(family_keys(readings.front()), std::back_inserter(keys));
}

void add_respelled(std::vector<std::string>& keys, const std::vector<std::string>& readings,
                   std::size_t fewest) {
    if (readings.empty()) return;
    if (auto key = skeleton(readings.front()); key.size() >= fewest) keys.push_back(std::move(key));
    add_family(keys, readings);
}

void add_pinyin(std::vector<std::string>& keys, const std::string& pinyin) {
    if (!pinyin.empty()) keys.push_back(pinyin_mark + pinyin);
}

}  // namespace

std::u32string letters_of(std::string_view utf8) {
    std::u32string letters;
    if (!text::is_valid_utf8(utf8)) return letters;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        char32_t c = length == 1 ? first : first & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k)
            c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
        i += length;
        const bool mark = (c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x652);
        const bool sign = c == U'\'' || c == U'-' || c == 0x2019 || c == 0x2BB || c == 0x2BC || c == 0x640;
        if (!mark && !sign) letters.push_back(c);
    }
    return letters;
}

std::vector<std::string> name_keys(std::string_view case_folded_word) {
    std::vector<std::string> keys;
    if (case_folded_word.empty() || case_folded_word.size() > longest_name) return keys;
    const std::u32string word = letters_of(case_folded_word);
    if (word.empty()) return keys;
    const char32_t first = word.front();
    if (first >= 0x400 && first < 0x530) {
        const std::vector<std::string> readings = read_cyrillic(word);
        add_skeletons(keys, readings);
        add_family(keys, readings);
        add_respelled(keys, read_cyrillic(with_raised_vowel(word)), fewest_with_raised_vowel);
        for (const std::u32string& aspirated : with_aspirates(word))
            add_respelled(keys, read_cyrillic(aspirated), fewest_with_aspirates);
        for (const std::string& pinyin : pinyin_of_palladius(word)) {
            add_pinyin(keys, pinyin);
            add_skeletons(keys, read_latin(letters_of(pinyin)));
        }
    } else if (first < 0x250 || (first >= 0x1E00 && first < 0x1F00)) {
        const std::vector<std::string> readings = read_latin(word);
        add_skeletons(keys, readings);
        add_family(keys, readings);
        for (const std::u32string& aspirated : with_aspirates(word))
            add_respelled(keys, read_latin(aspirated), fewest_with_aspirates);
        add_pinyin(keys, pinyin_of_latin(word));
    } else {
        add_skeletons(keys, read_uyghur(word));
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace izde::names
