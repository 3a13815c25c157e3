#include <algorithm>
#include <array>

#include "names/readings.hpp"

namespace izde::names {
namespace {

// From U+0430: а to я. ъ and ь sound only before a vowel.
constexpr auto russian = std::to_array<std::string_view>(
    {"a", "b", "v", "g", "d", "e", "J",  "z", "i", "i", "k", "l", "m", "n", "o",  "p",
     "r", "s", "t", "u", "f", "h", "ts", "C", "S", "S", "",  "i", "",  "e", "iu", "ia"});

struct Letter {
    char32_t letter;
    std::string_view sounds;
};

// Kazakh, Kyrgyz and Tatar, Uzbek, Tajik, Ukrainian and Belarusian.
constexpr auto others = std::to_array<Letter>({
    {U'ә', "a"}, {U'ғ', "g"},  {U'қ', "k"}, {U'ң', "n"}, {U'ө', "o"}, {U'ұ', "u"},     {U'ү', "u"},
    {U'һ', "h"}, {U'і', "i"},  {U'җ', "J"}, {U'ҳ', "h"}, {U'ў', "o"}, {U'ҷ', "J"},     {U'ӣ', "i"},
    {U'ӯ', "u"}, {U'є', "ie"}, {U'ї', "i"}, {U'ґ', "g"}, {U'ё', "e"}, {aspirate, "G"},
});

constexpr Letters kazakh_only = U"әғқңөұүһі";
constexpr Letters soft_vowels = U"еёиюя";

enum Choice : unsigned {
    rounded = 1,  // ұйғыр, Жамбыл: said and romanised with u after a rounded vowel or a lip sound
    full_ng = 2,  // Шыңжаң: ng in English, н in Russian
    hushing_ch = 4,  // Шымкент: Чимкент in Russian
    all_choices = 7
};

bool is_one_of(char32_t c, Letters set) {
    return set.find(c) != Letters::npos;
}

class Reader {
  public:
    Reader(Letters word, unsigned choices)
        : word_(word), choices_(choices), kazakh_(word.find_first_of(kazakh_only) != Letters::npos) {}

    bool read() {
        for (; at_ < word_.size(); ++at_) {
            if (read_special()) continue;
            const auto said = plain(word_[at_]);
            if (!said) return false;
            sounds += *said;
        }
        return true;
    }

    std::string sounds;
    unsigned met = 0;

  private:
    static const std::string_view* plain(char32_t c) {
        if (c >= U'а' && c <= U'я') return &russian[c - U'а'];
        const auto found = std::ranges::find(others, c, &Letter::letter);
        return found == others.end() ? nullptr : &found->sounds;
    }

    char32_t next() const { return at_ + 1 < word_.size() ? word_[at_ + 1] : U'\0'; }
    bool choose(Choice choice) {
        met |= choice;
        return (choices_ & choice) != 0;
    }
    bool take(std::string_view said, std::size_t letters = 1) {
        sounds += said;
        at_ += letters - 1;
        return true;
    }

    bool may_be_rounded() const {
        if (at_ + 1 == word_.size()) return false;  // an ending: бір-і
        const auto before = word_.substr(0, at_);
        const auto vowel = before.find_last_of(U"аәоөұүыіеуиюя");
        return (vowel != Letters::npos && is_one_of(before[vowel], U"оөұүу")) ||
               (word_[at_] == U'ы' && !before.empty() && is_one_of(before.back(), U"бмп"));
    }

    bool read_special() {
        switch (word_[at_]) {
        case U'д':
            return next() == U'ж' && take("J", 2);
        case U'т':
            return next() == U'ч' && take("C", 2);
        case U'о':
            return next() == U'у' && take("u", 2);
        case U'ъ':
        case U'ь':
            return is_one_of(next(), soft_vowels) && take("i");
        case U'ы':
        case U'і':
            return may_be_rounded() && choose(rounded) && take("u");
        case U'ң':
            return !is_one_of(next(), U"гғкқ") && choose(full_ng) && take("ng");
        case U'ш':
            return at_ == 0 && (kazakh_ || is_one_of(next(), U"ыі")) && choose(hushing_ch) && take("C");
        default:
            return false;
        }
    }

    Letters word_;
    unsigned choices_;
    bool kazakh_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> read_cyrillic(Letters word) {
    return read_each_way<Reader>(word, all_choices);
}

}  // namespace izde::names
