// Scripts first, since they settle most; then CLD2, whose answer is believed only where the
// letters allow it: on short Cyrillic texts it names languages whose own letters do not occur.
#include "izde/text/detect.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

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

// Running text in Latin letters is known by its words of grammar: two in five in its own language, one in
// four where it explains programs, fewer than one in ten in another language. That many at least, and CLD2
// need not be asked.
constexpr std::size_t grammar_words = 10;
constexpr std::size_t grammar_share = 4;

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
    std::size_t i = 0, q = 0, turkic_latin = 0;
};

// What a letter of the commonest scripts counts as, so that counting costs little.
struct LetterClass {
    bool alphabetic = false;
    UScriptCode script = USCRIPT_UNKNOWN;
    UChar32 lower = 0;
};

LetterClass class_of(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    return {u_isalpha(c) != 0, uscript_getScript(c, &status), u_tolower(c)};
}

constexpr UChar32 table_size = 0x530;

const LetterClass& known_class(UChar32 c) {
    static const auto table = [] {
        std::array<LetterClass, table_size> classes{};
        for (UChar32 i = 0; i < table_size; ++i) classes[static_cast<std::size_t>(i)] = class_of(i);
        return classes;
    }();
    return table[static_cast<std::size_t>(c)];
}

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_of_a_word(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || is_ascii_letter(c) || c == '\'';
}

bool is_any_of(UChar32 c, std::u32string_view set) {
    return set.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

void count(UChar32 c, Letters& letters) {
    const LetterClass known = c < table_size ? known_class(c) : class_of(c);
    if (!known.alphabetic) return;
    ++letters.all;
    letters.latin += known.script == USCRIPT_LATIN;
    letters.cyrillic += known.script == USCRIPT_CYRILLIC;
    letters.han += known.script == USCRIPT_HAN;
    letters.kana += known.script == USCRIPT_HIRAGANA || known.script == USCRIPT_KATAKANA;
    const UChar32 lower = known.lower;
    letters.q += lower == 'q';
    if (lower < 0x100 || (lower >= 0x430 && lower <= 0x44F)) {
        letters.turkic_latin += lower == 0xF1;
        return;
    }
    letters.kazakh += is_any_of(lower, U"әғқңөұүһі");
    letters.only_kazakh += is_any_of(lower, U"ұғқ");
    letters.kyrgyz_block += is_any_of(lower, U"ңөү");
    letters.foreign += is_any_of(lower, U"їєґўҷӣӯҳҗјљњћђџ");
    letters.i += lower == U'і';
    letters.turkic_latin += is_any_of(lower, U"ğǵıńşūŋ");
}

constexpr std::size_t ascii_block = 32;

// False, and nothing is counted, where they are not all ASCII. A loop that the compiler makes a few
// instructions of.
bool count_ascii(const std::uint8_t* bytes, Letters& letters) {
    std::uint8_t high = 0, all = 0, q = 0;
    for (std::size_t i = 0; i < ascii_block; ++i) {
        const auto lower = static_cast<std::uint8_t>(bytes[i] | 0x20);
        high |= bytes[i];
        all = static_cast<std::uint8_t>(all + (static_cast<std::uint8_t>(lower - 'a') < 26));
        q = static_cast<std::uint8_t>(q + (lower == 'q'));
    }
    if (high >= 0x80) return false;
    letters.all += all;
    letters.latin += all;
    letters.q += q;
    return true;
}

Letters count_letters(std::string_view utf8) {
    Letters letters;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(utf8.size());) {
        if (bytes[i] < 0x80 && static_cast<std::size_t>(i) + ascii_block <= utf8.size() &&
            count_ascii(bytes + i, letters)) {
            i += static_cast<std::int32_t>(ascii_block);
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

// English words of grammar, each as a number: all are short. Asked of each word of a long sample.
class EnglishGrammar {
  public:
    EnglishGrammar() {
        for (const std::string_view word : stop_words("en")) {
            if (word.size() > longest) continue;
            std::uint64_t letters = 0;
            for (const char c : word) letters = with(letters, c);
            table_[place_of(letters)] = letters;
        }
    }

    // Of running text, nearly all of it in Latin letters.
    bool prevails_in(std::string_view utf8) const {
        std::size_t words = 0, known = 0, accented = 0, last = 0, size = 0;
        std::uint64_t letters = 0;
        bool has_accent = false;
        for (const char c : utf8) {
            const auto byte = static_cast<unsigned char>(c);
            if (is_of_a_word(c)) {
                has_accent = has_accent || (byte >= 0xC3 && byte <= 0xCB);
                letters = with(letters, static_cast<char>(c | 0x20));
                ++size;
                continue;
            }
            if (size == 0) continue;
            ++words;
            accented += std::exchange(has_accent, false);
            if (size <= longest && table_[place_of(letters)] != 0) {
                ++known;
                last = words;
            } else if (words - last > longest_without_grammar) {
                return false;
            }
            letters = size = 0;
        }
        return known >= sample_grammar_words && known * sample_grammar_share >= words &&
               accented * sample_accents_share < words;
    }

  private:
    static constexpr std::size_t longest = 8;  // letters
    static constexpr std::size_t places = 1024;

    static std::uint64_t with(std::uint64_t letters, char c) {
        return letters << 8 | static_cast<unsigned char>(c);
    }
    // Where it stands, or could.
    std::size_t place_of(std::uint64_t letters) const {
        std::size_t at = letters * 0x9E3779B97F4A7C15u >> 54;
        while (table_[at] != 0 && table_[at] != letters) at = (at + 1) % places;
        return at;
    }

    std::array<std::uint64_t, places> table_{};
};

// What CLD2 would say of it as well, in eight times the time.
bool is_plainly_english(std::string_view sample, const Letters& letters) {
    static const EnglishGrammar grammar;
    return letters.latin * 20 > letters.all * 19 && letters.turkic_latin == 0 && grammar.prevails_in(sample);
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
    std::size_t words = 0, known = 0;
    const auto grammar = stop_words(lang);
    std::string word;
    for (const char c : utf8) {
        const bool letter = is_of_a_word(c);
        if (letter) word += is_ascii_letter(c) ? static_cast<char>(c | 0x20) : c;
        if (letter || word.empty()) continue;
        ++words;
        known += std::ranges::binary_search(grammar, word);
        if (known >= grammar_words && known * grammar_share >= words) return true;
        word.clear();
    }
    return false;
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
