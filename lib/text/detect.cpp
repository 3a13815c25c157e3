// Scripts first, since they settle most; then CLD2, whose answer is believed only where the
// letters allow it: on short Cyrillic texts it names languages whose own letters do not occur.
#include "izde/text/detect.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "izde/text/language.hpp"
#include "izde/text/utf8.hpp"

#include "text/stop_words.hpp"

namespace izde::text {
namespace {

constexpr std::size_t sample_bytes = 16u << 10;
constexpr std::size_t few_letters = 12;     // below this nothing is said
constexpr std::size_t enough_letters = 40;  // from here on CLD2 is believed

// Letters a paragraph must have to be read by other rules than its text, bytes looked at for it, and bytes of
// Latin letters that CLD2 is given: its answers get no better with more.
constexpr std::size_t paragraph_letters = 120;
constexpr std::size_t paragraph_sample = 400;
constexpr std::size_t latin_sample = 240;

// Of running text in Latin letters they are four characters in five; of programs and tables three or fewer,
// and what CLD2 says of these is chance.
constexpr std::size_t letters_share_of_5 = 3;

// Running text in Latin letters is known by its words of grammar: two in five in its own language, fewer
// than one in ten in another. That many at least, and one in three, and CLD2 need not be asked.
constexpr std::size_t grammar_words = 10;
constexpr std::size_t grammar_share = 3;

// Where a whole sample is looked at, nothing else stands between them for long: so many words at most, one
// in five is of grammar, and so many are.
constexpr std::size_t sample_grammar_words = 50;
constexpr std::size_t sample_grammar_share = 5;
constexpr std::size_t longest_without_grammar = 30;
constexpr std::size_t sample_accents_share = 50;  // words with letters of Latin-1 and the like are fewer

struct Letters {
    std::size_t all = 0, latin = 0, cyrillic = 0, han = 0, kana = 0;
    std::size_t kazakh = 0;        // ә ғ қ ң ө ұ ү һ і
    std::size_t only_kazakh = 0;   // ұ, and қ ғ і together tell it from its neighbours
    std::size_t kyrgyz_block = 0;  // ң ө ү, which Kyrgyz has as well
    std::size_t foreign = 0;  // ї є ґ ў ҷ ӣ ӯ ҳ җ ј љ њ ћ ђ џ: Cyrillic, neither Russian nor Kazakh
    std::size_t q = 0, turkic_latin = 0;
};

bool is_any_of(UChar32 c, std::u32string_view set) {
    return set.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

// What a character counts as: each of Letters.
struct LetterClass {
    bool all = false, latin = false, cyrillic = false, han = false, kana = false;
    bool kazakh = false, only_kazakh = false, kyrgyz_block = false, foreign = false;
    bool q = false, turkic_latin = false;
};

LetterClass script_class(UChar32 c) {
    LetterClass known;
    if (u_isalpha(c) == 0) return known;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    known.all = true;
    known.latin = script == USCRIPT_LATIN;
    known.cyrillic = script == USCRIPT_CYRILLIC;
    known.han = script == USCRIPT_HAN;
    known.kana = script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
    return known;
}

LetterClass letter_class(UChar32 c) {
    LetterClass known = script_class(c);
    if (!known.all) return known;
    const UChar32 lower = u_tolower(c);
    known.kazakh = is_any_of(lower, U"әғқңөұүһі");
    known.only_kazakh = is_any_of(lower, U"ұғқ");
    known.kyrgyz_block = is_any_of(lower, U"ңөү");
    known.foreign = is_any_of(lower, U"їєґўҷӣӯҳҗјљњћђџ");
    known.q = lower == 'q';
    known.turkic_latin = is_any_of(lower, U"ñğǵıńşūŋ");
    return known;
}

// All letters that are told from each other stand before it.
constexpr UChar32 table_size = 0x530;

const LetterClass& known_class(UChar32 c) {
    static const auto table = [] {
        std::array<LetterClass, table_size> classes{};
        for (UChar32 i = 0; i < table_size; ++i) classes[static_cast<std::size_t>(i)] = letter_class(i);
        return classes;
    }();
    return table[static_cast<std::size_t>(c)];
}

constexpr bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a byte of a word is as words are compared, small letters in ASCII; 0 between words.
constexpr auto word_bytes = [] {
    std::array<std::uint8_t, 256> bytes{};
    for (std::size_t c = 0; c < bytes.size(); ++c) {
        const bool letter = is_ascii_letter(static_cast<char>(c));
        if (letter || c >= 0x80 || c == '\'') bytes[c] = static_cast<std::uint8_t>(letter ? c | 0x20 : c);
    }
    return bytes;
}();

void count(UChar32 c, Letters& letters) {
    const LetterClass known = c < table_size ? known_class(c) : script_class(c);
    letters.all += known.all;
    letters.latin += known.latin;
    letters.cyrillic += known.cyrillic;
    letters.han += known.han;
    letters.kana += known.kana;
    letters.kazakh += known.kazakh;
    letters.only_kazakh += known.only_kazakh;
    letters.kyrgyz_block += known.kyrgyz_block;
    letters.foreign += known.foreign;
    letters.q += known.q;
    letters.turkic_latin += known.turkic_latin;
}

// False, and nothing is counted, where they are not all ASCII. A loop that the compiler makes a few
// instructions of.
template <std::size_t block>
bool count_block(std::string_view utf8, Letters& letters) {
    if (utf8.size() < block) return false;
    std::uint8_t high = 0, all = 0, q = 0;
    for (std::size_t i = 0; i < block; ++i) {
        const auto byte = static_cast<std::uint8_t>(utf8.data()[i]);
        const auto lower = static_cast<std::uint8_t>(byte | 0x20);
        high |= byte;
        all = static_cast<std::uint8_t>(all + (static_cast<std::uint8_t>(lower - 'a') < 26));
        q = static_cast<std::uint8_t>(q + (lower == 'q'));
    }
    if (high >= 0x80) return false;
    letters.all += all;
    letters.latin += all;
    letters.q += q;
    return true;
}

// As many bytes of ASCII as can be counted at once.
std::size_t count_ascii(std::string_view utf8, Letters& letters) {
    return count_block<32>(utf8, letters) ? 32 : count_block<8>(utf8, letters) ? 8 : 0;
}

Letters count_letters(std::string_view utf8) {
    Letters letters;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(utf8.size());) {
        if (bytes[i] < 0x80)
            if (const std::size_t counted = count_ascii(utf8.substr(static_cast<std::size_t>(i)), letters);
                counted > 0) {
                i += static_cast<std::int32_t>(counted);
                continue;
            }
        UChar32 c = bytes[i];
        if (c < 0x80) {
            const bool letter = is_ascii_letter(static_cast<char>(c));
            letters.all += letter;
            letters.latin += letter;
            letters.q += (c | 0x20) == 'q';
            ++i;
            continue;
        }
        U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int32_t>(utf8.size()), c);
        count(c, letters);
    }
    return letters;
}

struct Guess {
    std::string lang = "und";
    bool reliable = false;
};

Guess ask_cld2(const std::string& utf8) {
    std::array<CLD2::Language, 3> top{};
    std::array<int, 3> percent{};
    int text_bytes = 0;
    bool reliable = false;
    const CLD2::Language best = CLD2::DetectLanguageSummary(
        utf8.data(), static_cast<int>(utf8.size()), true, top.data(), percent.data(), &text_bytes, &reliable);
    if (best == CLD2::UNKNOWN_LANGUAGE) return {};
    return {canonical_language(CLD2::LanguageCode(best)), reliable};
}

// A long sample is mostly in the language that all of a few parts of it are in.
Guess ask_cld2_of_parts(const std::string& sample) {
    constexpr std::size_t parts = 5, part_bytes = 1024;
    if (sample.size() < 2 * parts * part_bytes) return ask_cld2(sample);
    Guess first;
    for (std::size_t i = 0; i < parts; ++i) {
        const std::size_t begin = code_point_begin(sample, (sample.size() - part_bytes) * i / (parts - 1));
        const std::size_t end = code_point_begin(sample, begin + part_bytes);
        const Guess guess = ask_cld2(sample.substr(begin, end - begin));
        if (i == 0) first = guess;
        if (!guess.reliable || guess.lang != first.lang) return ask_cld2(sample);
    }
    return first;
}

std::string detect_cyrillic(const Letters& letters, const Guess& guess) {
    const bool marked = letters.kazakh * 50 > letters.cyrillic;  // Kazakh has them in every other word
    if (marked && letters.foreign == 0 && (letters.only_kazakh > 0 || guess.lang == "kk")) return "kk";
    if (letters.kyrgyz_block > 0 && guess.lang == "ky") return "ky";
    if (letters.foreign > 0 || letters.kazakh > 0)
        return guess.reliable && guess.lang != "ru" && letters.all >= enough_letters ? guess.lang
               : guess.lang == "ru"                                                  ? "ru"
                                                                                     : "und";
    const bool plain = guess.lang == "ru" || guess.lang == "bg" || guess.lang == "und";
    if (guess.lang == "bg" && guess.reliable && letters.all >= enough_letters) return "bg";
    return plain || letters.all < 4 * enough_letters ? "ru" : guess.lang;
}

std::string detect_latin(const Letters& letters, const Guess& guess) {
    const bool kazakh = letters.q * 100 >= letters.latin && letters.turkic_latin * 50 >= letters.latin;
    if (kazakh) return "kk";
    if (!guess.reliable) return "und";
    const bool known = find_language(guess.lang) != nullptr;
    return known || letters.all >= 4 * enough_letters ? guess.lang : "und";
}

// A language's words of grammar, each as a number where it is short, as nearly all are. Asked of each word of
// a sample.
class Grammar {
  public:
    explicit Grammar(std::string_view lang) : words_(stop_words(lang)) {
        for (const std::string_view word : words_) {
            longest_ = std::max(longest_, word.size());
            if (word.size() > longest_number) continue;
            std::uint64_t number = 0;
            for (const char c : word) number = with(number, static_cast<std::uint8_t>(c));
            table_[place_of(number)] = number;
        }
    }

    // Of the first words, but for the last: whether enough are of grammar.
    bool begins(std::string_view utf8) const {
        std::size_t words = 0, known = 0;
        each_word(utf8, [&](bool is_known, bool) {
            ++words;
            known += is_known;
            return known < grammar_words || known * grammar_share < words;
        });
        return known >= grammar_words && known * grammar_share >= words;
    }

    // Of running text, nearly all of it in Latin letters.
    bool prevails_in(std::string_view utf8) const {
        std::size_t words = 0, known = 0, accented = 0, last = 0;
        const bool all = each_word(utf8, [&](bool is_known, bool has_accent) {
            ++words;
            accented += has_accent;
            if (is_known) {
                ++known;
                last = words;
            }
            return is_known || words - last <= longest_without_grammar;
        });
        return all && known >= sample_grammar_words && known * sample_grammar_share >= words &&
               accented * sample_accents_share < words;
    }

  private:
    static constexpr std::size_t longest_number = 8;  // bytes
    static constexpr std::size_t places = 1024;

    // Whether `take` wanted to go on to the end.
    template <class Take>
    bool each_word(std::string_view utf8, Take take) const {
        std::size_t size = 0;
        std::uint64_t number = 0;
        bool has_accent = false;
        for (std::size_t at = 0; at < utf8.size(); ++at) {
            const std::uint8_t byte = word_bytes[static_cast<std::uint8_t>(utf8.data()[at])];
            if (byte != 0) {
                has_accent = has_accent || (byte >= 0xC3 && byte <= 0xCB);
                number = with(number, byte);
                ++size;
                continue;
            }
            if (size == 0) continue;
            const bool is_known = size <= longest_number ? table_[place_of(number)] != 0
                                                         : knows_long(utf8.substr(at - size, size));
            if (!take(is_known, has_accent)) return false;
            number = size = 0;
            has_accent = false;
        }
        return true;
    }

    bool knows_long(std::string_view word) const {
        if (word.size() > longest_) return false;
        std::string small;
        for (const char c : word) small += static_cast<char>(word_bytes[static_cast<std::uint8_t>(c)]);
        return std::ranges::binary_search(words_, small);
    }

    static std::uint64_t with(std::uint64_t number, std::uint8_t byte) { return number << 8 | byte; }
    // Where it stands, or could.
    std::size_t place_of(std::uint64_t number) const {
        std::size_t at = number * 0x9E3779B97F4A7C15u >> 54;
        while (table_[at] != 0 && table_[at] != number) at = (at + 1) % places;
        return at;
    }

    std::span<const std::string_view> words_;
    std::size_t longest_ = 0;
    std::array<std::uint64_t, places> table_{};
};

// Null for a language without a list of such words.
const Grammar* grammar_of(std::string_view lang) {
    struct Known {
        std::string_view lang;
        Grammar grammar;
    };
    static const auto all = [] {
        std::vector<Known> known;
        for (const LanguageRules& one : languages())
            if (!stop_words(one.code).empty()) known.push_back({one.code, Grammar(one.code)});
        return known;
    }();
    const auto found = std::ranges::find(all, lang, &Known::lang);
    return found == all.end() ? nullptr : &found->grammar;
}

// What CLD2 would say of it as well, in eight times the time.
bool is_plainly_english(std::string_view sample, const Letters& letters) {
    return letters.latin * 20 > letters.all * 19 && letters.turkic_latin == 0 &&
           grammar_of("en")->prevails_in(sample);
}

std::string decide(const std::string& sample, const Letters& letters) {
    if (letters.kana * 10 > letters.all && letters.kana >= 2) return "ja";
    // A Han character says as much as a word, so a few of them outweigh many letters.
    if (letters.han >= 2 && letters.han * 4 > letters.all) return "zh";
    if (letters.all < few_letters) return "und";
    const Guess guess = ask_cld2_of_parts(sample);
    if (letters.cyrillic * 2 > letters.all) return detect_cyrillic(letters, guess);
    if (letters.latin * 2 > letters.all) return detect_latin(letters, guess);
    return guess.reliable ? guess.lang : "und";
}

bool has_its_grammar(std::string_view lang, std::string_view utf8) {
    const Grammar* const grammar = grammar_of(lang);
    return grammar != nullptr && grammar->begins(utf8);
}

bool is_running(const Letters& letters, std::string_view utf8) {
    return letters.latin * 4 <= letters.all * 3 ||
           letters.all * 5 > count_code_points(utf8) * letters_share_of_5;
}

// Whether letters, or words of grammar, say that a paragraph is in the language of its text.
bool is_plainly(std::string_view lang, const Letters& letters, std::string_view utf8) {
    if (lang == "zh") return letters.han * 4 > letters.all && letters.kana == 0;
    if (letters.latin * 4 > letters.all * 3) return has_its_grammar(lang, utf8);
    if (letters.cyrillic * 4 < letters.all * 3 || letters.foreign > 0) return false;
    if (lang == "ru") return letters.kazakh == 0;
    return lang == "kk" && letters.kazakh * 50 > letters.cyrillic;
}

}  // namespace

std::string detect_language(std::string_view utf8) {
    const std::string sample = repair_utf8(utf8.substr(0, character_begin(utf8, sample_bytes)));
    const Letters letters = count_letters(sample);
    return is_plainly_english(sample, letters) ? "en" : decide(sample, letters);
}

std::string_view paragraph_language(std::string_view utf8, std::string_view document_lang) {
    if (utf8.size() < paragraph_letters) return document_lang;
    utf8 = utf8.substr(0, character_begin(utf8, paragraph_sample));
    const Letters letters = count_letters(utf8);
    if (letters.all < (letters.han > letters.all / 4 ? few_letters : paragraph_letters)) return document_lang;
    if (!is_running(letters, utf8) || is_plainly(document_lang, letters, utf8)) return document_lang;
    if (letters.latin * 4 > letters.all * 3) utf8 = utf8.substr(0, code_point_begin(utf8, latin_sample));
    const LanguageRules* const found = find_language(decide(repair_utf8(utf8), letters));
    return found == nullptr ? document_lang : found->code;
}

}  // namespace izde::text
