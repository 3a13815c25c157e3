#include "made_text.hpp"

#include <algorithm>
#include <cmath>

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace izde::bench {
namespace {

std::string capitalised(const std::string& word) {
    std::string title;
    icu::UnicodeString::fromUTF8(word).toTitle(nullptr, icu::Locale::getRoot()).toUTF8String(title);
    return title;
}

}  // namespace

Text::Text(unsigned seed, std::vector<std::string> syllables, std::vector<std::string> endings, bool spaced)
    : random_(seed), syllables_(std::move(syllables)), endings_(std::move(endings)), spaced_(spaced) {
    for (int i = 0; i < 20'000; ++i) {
        std::string word;
        for (std::size_t n = 1 + random_() % 3; n > 0; --n) word += one_of(syllables_);
        word += one_of(endings_);
        words_.push_back(word);
    }
}

const std::string& Text::word() {
    const double u = static_cast<double>(random_()) / static_cast<double>(std::mt19937::max());
    const double rank = std::pow(static_cast<double>(words_.size()), u) - 1;
    return words_[std::min(words_.size() - 1, static_cast<std::size_t>(rank))];
}

std::string Text::make(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        // One word in twelve begins a sentence; as many more are names.
        text += i % 12 == 0 || i % 12 == 7 ? capitalised(word()) : word();
        if (i % 12 == 11)
            text += spaced_ ? ". " : "。";
        else if (spaced_)
            text += ' ';
    }
    return text;
}

Text english() {
    return {1,
            {"ra", "po", "in", "te", "co", "st", "o", "be", "ma", "li", "so", "ve", "ex", "wi"},
            {"n", "s", "t", "ing", "ed", "on", "er", "al"},
            true};
}
Text russian() {
    return {2,
            {"ка", "зах", "ста", "про", "на", "ли", "го", "ре", "до", "ми", "ру", "то", "ве", "ск"},
            {"а", "е", "ы", "ой", "ов", "ние", "ет", "ах"},
            true};
}
Text kazakh() {
    return {4,
            {"қа", "ба", "те", "жұ", "мә", "кө", "әл", "өң", "үй", "ғы", "ры", "сі", "ла", "ме"},
            {"н", "лар", "дің", "ға", "мен", "дан", "ық", "сы"},
            true};
}
Text chinese() {
    return {
        3, {"中", "国", "新", "疆", "合", "作", "贸", "易", "大", "学", "人", "民", "经", "济"}, {""}, false};
}

}  // namespace izde::bench
