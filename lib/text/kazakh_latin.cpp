#include "text/kazakh_latin.hpp"

#include <algorithm>
#include <array>

namespace izde::text::kazakh {
namespace {

// What i, ı and u mean depends on the alphabet; they stay, and are settled afterwards.
constexpr Letters latin_letters = u"aäábdefgğǵhiıjklmnñńoöópqrsştuūúüvyýz";
constexpr Letters cyrillic_ones = u"аәәбдефгғғхiıжклмнңңоөөпқрсштuұүүвыуз";
static_assert(latin_letters.size() == cyrillic_ones.size());

struct Digraph {
    Letters latin;
    char16_t cyrillic;
};

constexpr auto digraphs = std::to_array<Digraph>({
    {u"sh", u'ш'},
    {u"ch", u'ч'},
    {u"i\u0307", u'i'},
    {u"ia", u'я'},
    {u"ıa", u'я'},
    {u"iu", u'ю'},
    {u"ıý", u'ю'},
});

enum class Alphabet : unsigned char { plain, of_2018, of_2021 };

Alphabet alphabet_of(Letters latin) {
    if (latin.find_first_of(u"äöüūğñş") != Letters::npos) return Alphabet::of_2021;
    if (latin.find_first_of(u"áóúýǵń") != Letters::npos) return Alphabet::of_2018;
    return latin.find(u'ı') != Letters::npos ? Alphabet::of_2021 : Alphabet::plain;
}

bool is_sung(char16_t c) {
    return is(c, vowel) || c == u'i' || c == u'ı';
}

char16_t settle(Letters word, std::size_t at, Alphabet script, bool foreign) {
    const bool after_vowel = at > 0 && is_sung(word[at - 1]);
    if (word[at] == u'u') {
        if (script != Alphabet::plain) return script == Alphabet::of_2018 ? u'ұ' : u'у';
        const bool open = after_vowel || at + 1 == word.size() || is_sung(word[at + 1]);
        return open || foreign || at > 1 || (at == 1 && word[0] == u'к') ? u'у' : u'ұ';
    }
    const bool full =
        script == Alphabet::plain ? foreign : (word[at] == u'i') == (script == Alphabet::of_2021);
    if (after_vowel && (full || script == Alphabet::plain)) return u'й';
    return full ? u'и' : u'і';
}

// в, ф and two consonants in front tell a loan word, where u is у.
bool is_loan(Letters word) {
    const auto closed = [&](std::size_t i) { return !is_sung(word[i]) && word[i] != u'u'; };
    return word.find_first_of(u"вф") != Letters::npos || (word.size() > 1 && closed(0) && closed(1));
}

// Those and words where i stands beside back vowels: there i is и.
bool has_full_i(Letters word) {
    return is_loan(word) || (word[0] != u'қ' && word.find_first_of(u"аоы") != Letters::npos);
}

}  // namespace

Word transliterate(Letters latin) {
    const Alphabet script = alphabet_of(latin);
    if (latin.find(u"oo") != Letters::npos || latin.find(u"ee") != Letters::npos) return {};  // English
    Word word;
    while (!latin.empty()) {
        const auto pair =
            std::ranges::find_if(digraphs, [&](const Digraph& d) { return latin.starts_with(d.latin); });
        const auto at = latin_letters.find(latin[0]);
        if (pair == digraphs.end() && at == Letters::npos) return {};
        word.push_back(pair != digraphs.end() ? pair->cyrillic : cyrillic_ones[at]);
        latin.remove_prefix(pair != digraphs.end() ? pair->latin.size() : 1);
    }
    const bool loan = is_loan(word), full_i = has_full_i(word);
    if (full_i && word[0] == u'е') word[0] = u'э';
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] < 0x400) word[i] = settle(word, i, script, word[i] == u'u' ? loan : full_i);
    return word;
}

}  // namespace izde::text::kazakh
