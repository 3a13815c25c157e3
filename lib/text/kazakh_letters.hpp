// The letters of Kazakh words and their sounds, as the parts of the stemmer see them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace izde::text::kazakh {

using Letters = std::u16string_view;

constexpr std::size_t longest_word = 48;  // letters; the longest real ones have about 30

enum Sound : unsigned char {
    letter = 1,
    vowel = 2,
    back = 4,
    front = 8,
    hard = 16,
    nasal_sound = 32,
    glide = 64
};

// Cyrillic, U+0400 to U+04FF.
constexpr auto sounds = [] {
    std::array<unsigned char, 256> table{};
    const auto mark = [&table](Letters letters, int flags) {
        for (const char16_t c : letters)
            table[c - 0x400u] = static_cast<unsigned char>(table[c - 0x400u] | flags);
    };
    mark(u"абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі", letter);
    mark(u"аоұыяё", vowel | back);
    mark(u"әөүіеэ", vowel | front);
    mark(u"ю", vowel);                 // и, у, ю go with either kind
    mark(u"пткқсшщчцфхһбвгғд", hard);  // б в г д end only loan words, and sound voiceless there
    mark(u"мнң", nasal_sound);
    mark(u"рйуи", glide);
    return table;
}();

constexpr bool is(char16_t c, int flags) {
    return c >= 0x400 && c <= 0x4FF && (sounds[c - 0x400u] & flags) != 0;
}

constexpr bool sounds_as_vowel(char16_t c) {
    return is(c, vowel) || c == u'у' || c == u'и';
}

// A word being taken apart, without touching the heap.
class Word {
  public:
    Word() = default;
    Word(Letters letters) : size_(std::min(letters.size(), longest_word)) {
        std::ranges::copy(letters.substr(0, size_), letters_.begin());
    }
    operator Letters() const { return {letters_.data(), size_}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    char16_t& operator[](std::size_t i) { return letters_[i]; }
    char16_t& back() { return letters_[size_ - 1]; }
    void cut_to(std::size_t size) { size_ = size; }
    void push_back(char16_t c) {
        if (size_ < longest_word) letters_[size_++] = c;
    }

  private:
    std::array<char16_t, longest_word> letters_{};
    std::size_t size_ = 0;
};

}  // namespace izde::text::kazakh
