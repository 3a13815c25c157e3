// Kazakh glues suffixes to a root in a fixed order: derivation, plural, possessive, case, person. They
// are taken off from the right, one group after the other, and only when they agree with what would be
// left: in vowel harmony (бала-лар, мектеп-тер) and in the first consonant (қала-да, халық-та). One
// spelling in the tables stands for all harmonic variants of a suffix; see `matches`.
// What agreement cannot tell (алтын "gold" is not алт-ын) is in kazakh_roots.cpp. Tested by kazakh_test.cpp.
#include "text/kazakh.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "text/kazakh_latin.hpp"
#include "text/kazakh_letters.hpp"
#include "text/kazakh_roots.hpp"

namespace izde::text {
namespace {

using namespace kazakh;

constexpr std::size_t shortest_stem = 3;
constexpr std::size_t known_only = longest_word + 1;  // a suffix that goes only when a known root is left

// In spellings of suffixes A is а е, I is ы і, G is ғ г қ к, Q is қ к, D is д т, L is л д т, N is н д т, M is
// м б п; other letters are themselves. A sign is spelt with its letters anywhere, and at the start of a
// suffix after each kind of sound.
struct Sign {
    char16_t sign;
    Letters letters, after_vowel, after_glide, after_nasal, after_voiced, after_hard;
};

constexpr auto signs = std::to_array<Sign>({
    {u'D', u"дт", u"д", u"д", u"д", u"д", u"т"},
    {u'G', u"ғгқк", u"ғг", u"ғг", u"ғг", u"ғг", u"қк"},
    {u'L', u"лдт", u"л", u"л", u"д", u"д", u"т"},
    {u'N', u"ндт", u"н", u"д", u"н", u"д", u"т"},
    {u'M', u"мбп", u"м", u"м", u"мб", u"мб", u"п"},
    {u'A', u"ае", u"ае", u"ае", u"ае", u"ае", u"ае"},
    {u'I', u"ыі", u"ыі", u"ыі", u"ыі", u"ыі", u"ыі"},
    {u'Q', u"қк", u"қк", u"қк", u"қк", u"қк", u"қк"},
});

constexpr auto sign_index = [] {
    std::array<unsigned char, 128> index{};
    for (std::size_t i = 0; i < signs.size(); ++i) index[signs[i].sign] = static_cast<unsigned char>(i);
    return index;
}();

// Which signs a letter may stand for, one bit each.
constexpr auto spelt_by = [] {
    std::array<unsigned char, 256> bits{};
    for (std::size_t i = 0; i < signs.size(); ++i)
        for (const char16_t c : signs[i].letters)
            bits[c - 0x400u] = static_cast<unsigned char>(bits[c - 0x400u] | 1u << i);
    return bits;
}();

constexpr bool stands_for(char16_t spelling, char16_t c) {
    return spelling < 128 ? ((spelt_by[c - 0x400u] >> sign_index[spelling]) & 1u) != 0 : spelling == c;
}

// What the letter before a suffix must be.
enum class After : unsigned char {
    any,
    open,
    consonant,
    nasal,
    possessed,
    owned,
    belongs,
    patronymic,
    passive,
    verb_vowel,
    verb_consonant
};

struct Suffix {
    Letters spelling;
    After after = After::any;
    std::size_t keep = shortest_stem;  // letters that must be left
};

struct Group {
    After after;
    std::size_t keep;
    Letters spellings;  // separated by spaces
};

// Suffixes that exclude each other in a word, the longest first.
class Suffixes {
  public:
    constexpr Suffixes(std::initializer_list<Group> groups) {
        for (Group group : groups)
            while (!group.spellings.empty()) {
                const Letters first = group.spellings.substr(0, group.spellings.find(u' '));
                all_[static_cast<std::size_t>(size_++)] = {first, group.after, group.keep};
                group.spellings.remove_prefix(std::min(first.size() + 1, group.spellings.size()));
            }
        std::sort(all_.begin(), all_.begin() + size_,
                  [](const Suffix& a, const Suffix& b) { return a.spelling.size() > b.spelling.size(); });
        for (const Suffix& suffix : *this)
            for (std::size_t i = 0; i < last_.size(); ++i)
                last_[i] = last_[i] || stands_for(suffix.spelling.back(), static_cast<char16_t>(0x400 + i));
    }
    constexpr bool may_end(char16_t last) const { return last_[last - 0x400u]; }
    constexpr const Suffix* begin() const { return all_.data(); }
    constexpr const Suffix* end() const { return all_.data() + size_; }

  private:
    std::array<Suffix, 32> all_{};
    std::ptrdiff_t size_ = 0;
    std::array<bool, 256> last_{};
};

using enum After;
constexpr Suffixes persons{{any, 4, u"сIңдAр сIң"}, {consonant, 4, u"MIн"}};

constexpr Suffixes cases{{any, 3, u"DAGI NIң Mен DAн DA GA"},
                         {any, 4, u"Nікі"},
                         {possessed, 3, u"нDAGI нAн нDA нA н"},
                         {nasal, 3, u"нAн"},
                         {open, 3, u"нI"},
                         {consonant, 3, u"DI"}};

// лы is no possessive, but the place to tell пайда-лы from журнал-ы.
constexpr Suffixes possessives{
    {consonant, 3, u"IмIз IңIз"}, {consonant, 4, u"Iм Iң"}, {open, 3, u"мIз ңIз"},
    {belongs, 3, u"сI"},          {owned, 3, u"I"},         {open, known_only, u"лI"}};

constexpr Suffixes plurals{{any, 3, u"LAр"}};

// Endings that leave no doubt that the word is a verb.
constexpr Suffixes verbs{
    {verb_consonant, 3, u"AтIн AмIн AмIз AдI"}, {verb_vowel, 3, u"йтIн ймIн ймIз йдI птI п DIQ DI"},
    {consonant, 3, u"итIн идI IптI Iп"},        {passive, 4, u"DI"},
    {any, 3, u"GAн DIм мAй пAй сA сIн GAлI"},   {any, 4, u"MAQ"}};

// Those that make nouns, so that plural, possessive and case may follow.
constexpr Suffixes participles{{verb_consonant, 3, u"AтIн"},
                               {verb_vowel, 3, u"йтIн"},
                               {consonant, 3, u"итIн"},
                               {any, 3, u"GAн ушI уш у"}};

constexpr Suffixes negations{{any, 3, u"MA"}};

constexpr Suffixes voices{{consonant, 3, u"Iл"}, {consonant, 4, u"Iн"}, {verb_vowel, 4, u"л"}};

// What makes verbs of nouns: пайда-лан, бет-тес.
constexpr Suffixes verbalisers{{any, 4, u"LAн LAс LAт LA"}};

constexpr Suffixes derivations{{any, 3, u"LIQ сIз LI"},
                               {any, 4, u"шI DAй шA"},
                               {consonant, 4, u"GI ш и"},
                               {consonant, known_only, u"GI"},
                               {patronymic, 4, u"ұл"}};

// No root ends like қолд-, баст-: the vowel after it is the root's own (қолда-ды, not қолд-ады).
bool ends_in_cluster(Letters rest) {
    if (rest.size() < 2 || sounds_as_vowel(rest[rest.size() - 2])) return false;
    return rest.back() != u'т' || !is(rest[rest.size() - 2], glide);
}

// What precedes -ы in дәстүр-лі, белгі-лі, бүгін-гі, сырт-қы and толқ-ын, which is no possessive there.
bool ends_like_adjective(Letters rest) {
    if (rest.size() < 2) return false;
    const char16_t last = rest.back();
    const char16_t before = rest[rest.size() - 2];
    switch (last) {
    case u'л': {
        const bool narrow = rest.size() > 5 && (before == u'ы' || before == u'і');
        return (narrow || !sounds_as_vowel(before)) && !is_root(rest);
    }
    case u'қ':
    case u'к':
        return !has_lost_vowel(rest) && !is_root(rest);  // қ sounds ғ before a possessive
    case u'ғ':
    case u'г':
        return ends_in_cluster(rest);
    default:
        return false;
    }
}

// жұмыс-ы, but бала-сы and оқушы-сы.
bool takes_si(Letters rest) {
    const char16_t last = rest.back();
    if (last != u'ы' && last != u'і') return is(last, vowel);
    return rest.ends_with(u"шы") || rest.ends_with(u"ші") || is_root(rest);
}

bool after_allows(After after, Letters rest) {
    const char16_t last = rest.back();
    const bool narrow = last == u'ы' || last == u'і';
    switch (after) {
    case any:
        return true;
    case open:
        return is(last, vowel);
    case consonant:
        return !is(last, vowel);
    case nasal:
        return is(last, nasal_sound);
    case possessed:
        return narrow && !ends_like_adjective(rest.substr(0, rest.size() - 1));
    case owned:
        return !is(last, vowel) && !ends_like_adjective(rest);
    case belongs:
        return takes_si(rest);
    case patronymic:
        return last != u'қ' && last != u'к';  // Абай-ұл-ы, not Тілеу-құл-ы
    case passive:
        return rest.ends_with(u"ыл") || rest.ends_with(u"іл");
    case verb_vowel:
        return narrow || last == u'а' || last == u'е';
    case verb_consonant:
        return !sounds_as_vowel(last) && !ends_in_cluster(rest);
    }
    return false;
}

// Whether a suffix that begins with `first` may follow `last`: қала-да, халық-та.
bool joins(char16_t spelling, char16_t first, char16_t last) {
    if (spelling >= 128 || last == u'ь') return true;
    const Sign& sign = signs[sign_index[spelling]];
    if (spelling == u'M' && last == u'л') return first == u'м';  // кел-мек, not Асыл-бек
    const Letters allowed = is(last, hard)          ? sign.after_hard
                            : is(last, vowel)       ? sign.after_vowel
                            : is(last, nasal_sound) ? sign.after_nasal
                            : is(last, glide)       ? sign.after_glide
                                                    : sign.after_voiced;
    return std::ranges::find(allowed, first) != allowed.end();
}

bool harmonises(Letters rest, Letters suffix) {
    const auto sounding = std::ranges::find_if(suffix, [](char16_t c) { return is(c, back | front); });
    if (sounding == suffix.end() || rest.back() == u'в' || rest.back() == u'ь') return true;
    const int kind = is(*sounding, back) ? back : front;
    for (std::size_t i = rest.size(); i-- > 0;)
        if (sounds_as_vowel(rest[i])) return is(rest[i], kind) || !is(rest[i], back | front);
    return false;
}

bool matches(Letters word, const Suffix& suffix) {
    const Letters spelling = suffix.spelling;
    if (word.size() <= spelling.size()) return false;
    const Letters rest = word.substr(0, word.size() - spelling.size());
    const Letters tail = word.substr(rest.size());
    bool harmonic = false;
    for (std::size_t i = tail.size(); i-- > 0;) {
        if (!stands_for(spelling[i], tail[i])) return false;
        harmonic |= spelling[i] == u'A' || spelling[i] == u'I';
    }
    return joins(spelling[0], tail[0], rest.back()) && after_allows(suffix.after, rest) &&
           (!harmonic || harmonises(rest, tail));
}

bool can_stand(Letters rest, std::size_t letters) {
    return (rest.size() >= letters && std::ranges::any_of(rest, sounds_as_vowel)) ||
           (letters == shortest_stem && is_root(rest));
}

enum class To : unsigned char { any_stem, known_root };

// Takes the longest suffix that fits off the end of a word, or a shorter one when that leaves a known root.
bool strip(Word& word, const Suffixes& suffixes, To to = To::any_stem) {
    if (!suffixes.may_end(word.back())) return false;
    std::size_t left = 0;
    bool looked_up = false;
    for (const Suffix& suffix : suffixes) {
        if (!matches(word, suffix)) continue;
        if (!looked_up && is_root(word)) return false;
        looked_up = true;
        const Letters rest = Letters(word).substr(0, word.size() - suffix.spelling.size());
        const bool known = (rest.size() + 1 >= suffix.keep || suffix.keep == known_only) && is_root(rest);
        if (known || (to == To::any_stem && left == 0 && can_stand(rest, suffix.keep))) left = rest.size();
    }
    if (left == 0) return false;
    word.cut_to(left);
    return true;
}

void harden(Word& word) {
    char16_t& last = word.back();
    last = last == u'б' ? u'п' : last == u'г' ? u'к' : last == u'ғ' ? u'қ' : last;
}

bool strip_possessive(Word& word) {
    if (!strip(word, possessives)) return false;
    harden(word);
    restore_vowel(word);
    return true;
}

// Plural, possessive, case; twice, for қала-лар-ы-ндағы-лар-дың.
bool strip_noun_endings(Word& word) {
    const std::size_t before = word.size();
    for (int round = 0; round < 2; ++round) {
        if (strip(word, possessives, To::known_root)) break;  // аудан-ы, not ауда-ны
        strip(word, cases);
        strip_possessive(word);
        strip(word, plurals);
    }
    return word.size() != before;
}

bool strip_verb_endings(Word& word, const Suffixes& endings) {
    if (!strip(word, endings)) return false;
    strip(word, negations);
    strip(word, voices);
    strip(word, verbalisers);
    return true;
}

bool strip_derivations(Word& word) {
    const std::size_t before = word.size();
    for (int round = 0; round < 3 && strip(word, derivations); ++round) harden(word);
    return word.size() != before;
}

// металл and метал, процесс and процес.
bool ends_doubled(Letters word) {
    return word.size() > shortest_stem && word.back() == word[word.size() - 2] &&
           !sounds_as_vowel(word.back());
}

void finish(Word& word) {
    if (word.size() > shortest_stem && (word.back() == u'ы' || word.back() == u'і') && !is_root(word))
        word.cut_to(word.size() - 1);
    if (ends_doubled(word)) word.cut_to(word.size() - 1);
    harden(word);
    restore_vowel(word);
}

// The letters of a word, or none when some are not Kazakh.
Word decode(std::string_view utf8) {
    if (utf8.size() > longest_word * 2) return {};
    Word letters;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (letters.size() == longest_word) return {};
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            letters.push_back(byte);
            continue;
        }
        const auto next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0u;
        if (byte < 0xC2 || byte > 0xDF || (next & 0xC0u) != 0x80u) return {};
        letters.push_back(static_cast<char16_t>((byte & 0x1Fu) << 6 | (next & 0x3Fu)));
        ++i;
    }
    return letters;
}

std::string write(Letters letters) {
    std::string utf8;
    for (const char16_t c : letters) {
        utf8.push_back(static_cast<char>(0xC0 | c >> 6));
        utf8.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
    return utf8;
}

bool is_cyrillic(Letters letters) {
    return std::ranges::all_of(letters, [](char16_t c) { return is(c, letter); });
}

// Centuries are often typed with Cyrillic letters that look Roman: ХІХ → xix.
std::string roman_numeral(Letters word) {
    constexpr Letters typed = u"хіivxlc";
    constexpr std::string_view meant = "xiivxlc";
    if (word.size() < 2 || word.find_first_not_of(typed) != Letters::npos) return {};
    std::string numeral;
    for (const char16_t c : word) numeral.push_back(meant[typed.find(c)]);
    return numeral;
}

// A reading that ends in a known root wins (қызметі-н, not қызм-етін); then that of a verb.
void strip_inflection(Word& word) {
    auto noun = word;
    strip_noun_endings(noun);
    if (is_root(noun)) {
        word = noun;
        return;
    }
    strip(word, persons);
    if (strip_verb_endings(word, verbs)) return;
    if (word.size() == noun.size())
        word = noun;
    else
        strip_noun_endings(word);
    strip_verb_endings(word, participles);
}

void reduce(Word& word) {
    if (!is_root(word)) strip_inflection(word);
    if (strip_derivations(word)) strip_verb_endings(word, participles);
    finish(word);
}

}  // namespace

std::string stem_kazakh(std::string_view case_folded_word) {
    Word word = decode(case_folded_word);
    if (std::string numeral = roman_numeral(word); !numeral.empty()) return numeral;
    if (!is_cyrillic(word)) word = transliterate(word);
    if (word.empty()) return std::string(case_folded_word);
    if (word.size() < shortest_stem) return write(word);
    reduce(word);
    return write(word);
}

}  // namespace izde::text
