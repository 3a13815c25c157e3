// A wrong decoding betrays itself by what people do not write: capitals behind small letters,
// letters of two alphabets in one word, heaps of consonants, rare Han characters, control
// characters. Each character earns or costs points; the tables below were set by the examples of
// encoding_test.cpp.
#include "read/plausible.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace izde::read {
namespace {

enum class Script : std::uint8_t { none, latin, cyrillic, greek, hebrew, arabic, han, kana, hangul };
enum class Case : std::uint8_t { none, lower, upper };

struct Character {
    char32_t code = U' ';
    Script script = Script::none;
    Case letter_case = Case::none;
    bool accented = false;  // a Latin letter beyond ASCII
};

constexpr std::u32string_view common_han =
    U"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    U"用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日"
    U"军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美"
    U"相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解"
    U"水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计"
    U"管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完"
    U"设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运京州书记会议"
    U"习近平主席总统哈萨克斯坦合作关系部长访问贸易经济记者报道表示新华社双方两国举行签署协议发展中亚峰会旅"
    U"們個來為國時說會對過發後裡經麼學現當沒動還進樣開從實軍無與長機問關點業將兩間戰頭體見產話種區應條書電"
    U"東聲員處論義幾認題爾變總數報結務場計資許統隊達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運臺灣"
    U"習總統薩經濟貿雙協議訪報導氣門馬單質並給華級線親際廣電視網價歲選舉聯"
    U"円県駅込働払沢様御気帰広図売読発対応図経済覧週曜私達行食飲今昨朝夜雨語本田村町市東京都大阪";
constexpr std::u32string_view common_hangul =
    U"이다는을의에가고은지하를로한도리사기자나어그시인서대라정해수아일부있으전보스장들상제주국동것여원유과안"
    U"구성만"
    U"위무했년비경계신소니미와면생오방중선민세공우도연입합습할까게요";
constexpr std::u32string_view usual_signs =
    U"“”‘’„‚«»–—…•§№°©®™€£‹›·\u00A0、。《》「」『』【】，！？：；（）ー〜";
constexpr std::u32string_view odd_signs = U"¡¢¤¥¦¨ª¬¯±²³´µ¶¸¹º¼½¾¿×÷¸ˇ˘˙˛˝ˆ˜†‡‰\u00AD";
constexpr std::u32string_view cyrillic_vowels = U"аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ";
constexpr std::u32string_view cyrillic_signs = U"ьъыйЬЪЫЙ";
// Pairs that make a fifth of a Russian text, in small letters and in capitals.
constexpr std::u32string_view common_pairs =
    U"сттонаноенрапоковоникапроророснегореалликатитьлаовомотельетостанииндеерорвачтогоогоды"
    U"СТТОНАНОЕНРАПОКОВОНИКАПРОРОРОСНЕГОРЕАЛЛИКАТИТЬЛАОВОМОТЕЛЬЕТОСТАНИИНДЕЕРОРВАЧТОГООГОДЫ";
constexpr std::u32string_view final_forms = U"ךםןףץς";

// By how common a letter is in Russian, а to я; the other Slavic languages are close enough.
constexpr std::array<double, 32> cyrillic_points{1.8, 0.8, 1.4, 0.9, 1.2, 1.9, 0.6, 0.9, 1.7, 0.8, 1.3,
                                                 1.5, 1.2, 1.7, 2.0, 1.1, 1.6, 1.6, 1.7, 1.1, 0.3, 0.7,
                                                 0.4, 0.9, 0.6, 0.3, 0.1, 1.0, 1.0, 0.3, 0.5, 1.0};

bool is_in(std::u32string_view set, char32_t c) {
    return set.find(c) != std::u32string_view::npos;
}

// A set that is asked for each letter of a script: a bit for each of its code points.
template <char32_t first, char32_t last>
class Bits {
  public:
    constexpr explicit Bits(std::u32string_view set) {
        for (const char32_t c : set) {
            const std::size_t place = c - first;
            bits_.at(place / 64) |= std::uint64_t{1} << place % 64;
        }
    }
    constexpr bool has(char32_t c) const {
        const std::size_t place = c - first;
        return c >= first && c <= last && (bits_[place / 64] >> place % 64 & 1U) != 0;
    }

  private:
    std::array<std::uint64_t, (last - first) / 64 + 1> bits_{};
};
constexpr Bits<0x4E00, 0x9FFF> common_han_bits{common_han};
constexpr Bits<0xAC00, 0xD7A3> common_hangul_bits{common_hangul};
constexpr Bits<0x400, 0x47F> cyrillic_vowel_bits{cyrillic_vowels};
constexpr Bits<0x80, 0xFFFF> usual_sign_bits{usual_signs}, odd_sign_bits{odd_signs};

// Of two neighbours of common_pairs, in this order; both are between А and я.
constexpr auto pair_bits = [] {
    std::array<std::uint64_t, 64> bits{};
    for (std::size_t i = 1; i < common_pairs.size(); ++i)
        bits[common_pairs[i - 1] - U'А'] |= std::uint64_t{1} << (common_pairs[i] - U'А');
    return bits;
}();

bool is_common_pair(char32_t first, char32_t second) {
    const char32_t row = first - U'А', column = second - U'А';
    return row < 64 && column < 64 && (pair_bits[row] >> column & 1U) != 0;
}

bool is_between(char32_t c, char32_t first, char32_t last) {
    return first <= c && c <= last;
}

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    const unsigned lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = at + 1; i < std::min(at + length, utf8.size()); ++i)
        c = (c << 6) | (byte(i) & 0x3Fu);
    at += length;
    return c;
}

Character latin(char32_t c) {
    if (is_between(c, U'a', U'z')) return {c, Script::latin, Case::lower};
    if (is_between(c, U'A', U'Z')) return {c, Script::latin, Case::upper};
    if (c == U'×' || c == U'÷') return {c};
    if (is_between(c, 0xC0, 0xDE)) return {c, Script::latin, Case::upper, true};
    if (is_between(c, 0xDF, 0xFF)) return {c, Script::latin, Case::lower, true};
    // In Latin Extended-A capitals are even, but for two stretches.
    const bool shifted = is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E);
    if (is_between(c, 0x100, 0x17F))
        return {c, Script::latin, (c % 2 == 0) != shifted ? Case::upper : Case::lower, true};
    if (is_between(c, 0x180, 0x24F)) return {c, Script::latin, Case::none, true};
    return {c};
}

Character cyrillic(char32_t c) {
    if (is_between(c, 0x400, 0x42F)) return {c, Script::cyrillic, Case::upper};
    if (is_between(c, 0x430, 0x45F)) return {c, Script::cyrillic, Case::lower};
    return {c, Script::cyrillic, c % 2 == 0 ? Case::upper : Case::lower};
}

Character describe(char32_t c) {
    if (c < 0x250) return latin(c);
    if (is_between(c, 0x386, 0x3AB)) return {c, Script::greek, Case::upper};
    if (is_between(c, 0x3AC, 0x3CE)) return {c, Script::greek, Case::lower};
    if (is_between(c, 0x400, 0x52F)) return cyrillic(c);
    if (is_between(c, 0x5D0, 0x5EA)) return {c, Script::hebrew};
    if (is_between(c, 0x621, 0x64A) || is_between(c, 0x671, 0x6D3)) return {c, Script::arabic};
    if (is_between(c, 0x3041, 0x30FA)) return {c, Script::kana};
    if (is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3400, 0x4DBF) || is_between(c, 0x20000, 0x3FFFF))
        return {c, Script::han};
    if (is_between(c, 0xAC00, 0xD7A3)) return {c, Script::hangul};
    return {c};
}

double case_points(const Character& before, const Character& c, double points) {
    if (c.letter_case != Case::upper) return points;
    if (before.script == c.script && before.letter_case == Case::lower) return -4;
    return before.script == c.script ? 0.6 * points : 0.8 * points;
}

double cyrillic_letter_points(const Character& before, const Character& c) {
    if (before.script != Script::cyrillic && is_in(U"ьъЬЪ", c.code)) return -2;
    double points = 0.2;
    if (is_between(c.code, 0x410, 0x44F)) points = cyrillic_points[(c.code - 0x410) % 32];
    if (c.code == U'ё' || c.code == U'і') points = 0.6;
    return case_points(before, c, points);
}

double latin_letter_points(const Character& before, const Character& c) {
    if (!c.accented) return c.letter_case == Case::upper && before.accented ? -1 : 0.2;
    if (is_in(U"ðþÐÞÿ", c.code)) return -0.5;
    if (before.accented) return case_points(before, c, -0.7);
    // Letters of Western Europe, which are the likelier where both fit.
    const double points = c.code < 0x100 ? 1.2 : 1;
    return case_points(before, c, before.script == Script::latin ? points : points / 2);
}

double han_points(const Character& c) {
    if (!is_between(c.code, 0x4E00, 0x9FFF)) return -4;
    return common_han_bits.has(c.code) ? 3 : -0.5;
}

double letter_points(const Character& before, const Character& c) {
    switch (c.script) {
    case Script::latin:
        return latin_letter_points(before, c);
    case Script::cyrillic:
        return cyrillic_letter_points(before, c);
    case Script::greek:
        return case_points(before, c, 1.2);
    case Script::hebrew:
        return 0.8;
    case Script::arabic:
        return 1;
    case Script::han:
        return han_points(c);
    case Script::kana:
        return 2;
    case Script::hangul:
        return common_hangul_bits.has(c.code) ? 2.5 : 0.1;
    case Script::none:
        break;
    }
    return 0;
}

bool is_control(char32_t c) {
    return (c < 0x20 && !is_in(U"\t\n\r\f", c)) || is_between(c, 0x7F, 0x9F);
}

double sign_points(char32_t c) {
    if (c == 0xFFFD) return -12;
    if (is_control(c)) return -10;
    if (c < 0x80) return 0;
    if (usual_sign_bits.has(c)) return 0.6;
    if (odd_sign_bits.has(c)) return -0.8;
    if (is_between(c, 0xFF61, 0xFF9F)) return -2;                                     // half-width kana
    if (is_between(c, 0x2500, 0x25FF)) return -3;                                     // frames and blocks
    if (is_between(c, 0xE000, 0xF8FF) || is_between(c, 0xFFF0, 0x10FFFF)) return -3;  // private, unassigned
    return is_between(c, 0x2000, 0x2FFF) || c < 0x500 ? -1 : 0;  // signs; letters of other scripts
}

// Kanji and kana make one word; other scripts do not.
bool may_meet(Script left, Script right) {
    if (left == Script::none || right == Script::none || left == right) return true;
    const auto japanese = [](Script s) { return s == Script::han || s == Script::kana; };
    return japanese(left) && japanese(right);
}

double cyrillic_pair_points(char32_t first, char32_t second) {
    // None of these follows a consonant or vowel at will: ь and ъ no vowel, й no consonant.
    const bool after_vowel = cyrillic_vowel_bits.has(first);
    if (is_in(U"ьъыЬЪЫ", second) && after_vowel) return -2;
    if (is_in(U"йЙ", second) && !after_vowel) return -2;
    if (is_in(cyrillic_signs, first) && is_in(cyrillic_signs, second))
        return first == U'ы' || first == U'Ы' ? 0 : -2;
    return is_common_pair(first, second) ? 0.6 : 0;
}

// What three letters or signs in a row tell that one alone does not.
double neighbour_points(const Character& first, const Character& second, const Character& third) {
    double points = may_meet(second.script, third.script) ? 0 : -3;
    const bool all_cyrillic = first.script == Script::cyrillic && second.script == Script::cyrillic &&
                              third.script == Script::cyrillic;
    if (second.script == Script::cyrillic && third.script == Script::cyrillic)
        points += cyrillic_pair_points(second.code, third.code);
    if (all_cyrillic) {
        const int vowels = cyrillic_vowel_bits.has(first.code) + cyrillic_vowel_bits.has(second.code) +
                           cyrillic_vowel_bits.has(third.code);
        if (vowels == 0 || vowels == 3) points -= 1.5;
    }
    const bool sign_inside = first.script != Script::none && third.script != Script::none &&
                             second.script == Script::none && odd_sign_bits.has(second.code);
    if (sign_inside) points -= 2;
    if (third.script == second.script && second.script != Script::latin && is_in(final_forms, second.code))
        points -= 4;
    return points;
}

}  // namespace

double plausibility(std::string_view utf8) {
    double points = 0;
    Character first;
    Character second;
    const auto is_ascii = [](const Character& c) { return c.code < 0x80; };
    for (std::size_t at = 0; at < utf8.size();) {
        const Character c = describe(next_code_point(utf8, at));
        points += c.script == Script::none ? sign_points(c.code) : letter_points(second, c);
        if (!is_ascii(first) || !is_ascii(second) || !is_ascii(c))
            points += neighbour_points(first, second, c);
        first = second;
        second = c;
    }
    return points;
}

}  // namespace izde::read
