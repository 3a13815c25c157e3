// Lists of words as source text that can be read.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace izde::text {

// The words of a text in which each is followed by one space, sorted.
template <std::size_t count, class Char>
constexpr std::array<std::basic_string_view<Char>, count> words_of_list(std::basic_string_view<Char> text) {
    std::array<std::basic_string_view<Char>, count> words;
    for (auto& word : words) {
        word = text.substr(0, text.find(Char{' '}));
        text.remove_prefix(word.size() + 1);
    }
    std::ranges::sort(words);
    return words;
}

}  // namespace izde::text
