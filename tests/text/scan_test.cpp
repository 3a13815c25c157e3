#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/scan.hpp"
#include "izde/text/utf8.hpp"

namespace {

using namespace izde::text;

const std::vector<std::string> langs{"en", "ru", "kk", "zh", "tr", "az", "de", "und", "??"};

// What words are made of, and what parts, joins and decorates them, in no order whatever.
const std::vector<std::string> atoms{"a",
                                     "b",
                                     "I",
                                     "s",
                                     "C",
                                     "z",
                                     "river",
                                     "Bridge",
                                     "ISI",
                                     "İ",
                                     "ı",
                                     "é",
                                     "É",
                                     "ß",
                                     "ﬁ",
                                     "æ",
                                     "ø",
                                     "ü",
                                     "ş",
                                     "ё",
                                     "Ё",
                                     "й",
                                     "и",
                                     "мост",
                                     "Река",
                                     "Ә",
                                     "қ",
                                     "Қазақстан",
                                     "ї",
                                     "α",
                                     "ς",
                                     "Ά",
                                     "ა",
                                     "ԱԲ",
                                     "ע",
                                     "א",
                                     "ש",
                                     "ب",
                                     "م",
                                     "ـ",
                                     "क",
                                     "ि",
                                     "ไ",
                                     "ทย",
                                     "한",
                                     "글",
                                     "ｶ",
                                     "ﾞ",
                                     "か",
                                     "が",
                                     "コ",
                                     "ヿ",
                                     "々",
                                     "〇",
                                     "中",
                                     "國",
                                     "臺",
                                     "国",
                                     "乾",
                                     "豈",
                                     "𠀀",
                                     "Ａ",
                                     "ｂ",
                                     "１",
                                     "1",
                                     "22",
                                     "3",
                                     "٣",
                                     "²",
                                     "½",
                                     "Ⅷ",
                                     "Ⓐ",
                                     "ª",
                                     "ŉ",
                                     "ǆ",
                                     "ʼ",
                                     "ʻ",
                                     "\u0301",
                                     "\u0308",
                                     "\u0307",
                                     "\u064E",
                                     "\u3099",
                                     "\uFE00",
                                     "\u20DD",
                                     "\u00AD",
                                     "\u200B",
                                     "\u200C",
                                     "\u200D",
                                     "\u2060",
                                     "\uFEFF",
                                     ".",
                                     ",",
                                     ";",
                                     ":",
                                     "'",
                                     "’",
                                     "‘",
                                     "`",
                                     "´",
                                     "′",
                                     "\"",
                                     "-",
                                     "‐",
                                     "–",
                                     "_",
                                     "@",
                                     "+",
                                     "#",
                                     "++",
                                     "(",
                                     ")",
                                     "/",
                                     "&",
                                     "%",
                                     "$",
                                     "€",
                                     "…",
                                     "。",
                                     "，",
                                     "、",
                                     "・",
                                     "·",
                                     "«",
                                     "»",
                                     "“",
                                     "”",
                                     "！",
                                     " ",
                                     " ",
                                     " ",
                                     "  ",
                                     "\t",
                                     "\r",
                                     "\n",
                                     "\n\n",
                                     "\n \n",
                                     "\r\n\r\n",
                                     "\v",
                                     "\f",
                                     "\x01",
                                     "\u0085",
                                     "\u00A0",
                                     "\u202F",
                                     "\u2003",
                                     "\u2028",
                                     "\u2029",
                                     "\u3000",
                                     "😀",
                                     "👍🏽",
                                     "🇰🇿",
                                     "don't",
                                     "U.S.",
                                     "3.14",
                                     "1,000",
                                     "Xi’an",
                                     "C++",
                                     "C#",
                                     "1990'larda",
                                     "O’Brien's",
                                     "company's",
                                     "Ә.Бөкейхан",
                                     "user@example.org",
                                     "Иванов-Петров",
                                     "ISTANBUL"};

const std::vector<std::string> plain_atoms{"river", "Bridge's",  "the", "ISTANBUL", "мост", "Река", "и",
                                           "өзен",  "Қазақстан", "國",  "国",       "家",   "桥",   " ",
                                           " ",     " ",         " ",   ". ",       ", ",   "\n\n", "\n",
                                           "3,500", "-",         "’",   "é"};

// Words of every length that the loop over plain English tells apart, and what may part them there.
std::string english_text(std::mt19937& random) {
    static const std::vector<std::string> gaps{" ",  " ",  " ",  " ", ", ", ". ", "\n",  ",\n", ".\n", "\n\n",
                                               "  ", "; ", " (", "-", ".",  ",",  "\n ", "é",   ".. ", "' "};
    static const std::string letters = "abeizABIZ059";
    std::string text;
    for (std::size_t words = random() % 60; words-- > 0;) {
        const std::size_t length = random() % 4 == 0 ? random() % 20 : 1 + random() % 4;
        for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
        text += gaps[random() % gaps.size()];
    }
    return text;
}

std::string random_text(std::mt19937& random) {
    if (random() % 3 == 0) return english_text(random);
    const auto& from = random() % 3 == 0 ? plain_atoms : atoms;
    const std::size_t size = random() % (random() % 4 == 0 ? 400 : 30);
    const std::size_t spaced = random() % 4;
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += from[random() % from.size()];
        if (spaced > 0 && random() % (2 * spaced) == 0) text += ' ';
    }
    return text;
}

std::string escaped(const std::string& text) {
    std::string shown;
    for (const char c : text) {
        if (c >= ' ' && c < 0x7F) {
            shown += c;
            continue;
        }
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        shown += std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
    }
    return shown;
}

bool wanted(const Token& token, const std::vector<std::string>& forms, const std::string& beginning) {
    const bool begins = !beginning.empty() && token.folded.starts_with(beginning);
    return begins || std::ranges::find(forms, token.exact) != forms.end();
}

std::string cut_at_character(const std::string& word, std::size_t most) {
    std::size_t end = std::min(most, word.size());
    while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) ++end;
    return word.substr(0, end);
}

// One column for white space in a row.
std::size_t columns_of(std::string_view utf8) {
    std::size_t columns = 0;
    bool space = false;
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t end = at + 1;
        while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) ++end;
        const std::string_view c = utf8.substr(at, end - at);
        const bool is_space = collapse_spaces(c).empty();
        columns += is_space ? (space ? 0 : 1) : display_width(c);
        space = is_space;
        at = end;
    }
    return columns;
}

}  // namespace

TEST_CASE("a scan finds what an analysis finds, and nothing else", "[scan]") {
    std::mt19937 random(1);
    for (int round = 0; round < 4000; ++round) {
        const std::string text = repair_utf8(random_text(random)), lang = langs[random() % langs.size()];
        const std::vector<Token> all = analyze(text, lang);
        std::vector<std::string> forms{"bridge", "ı", "i"};
        std::string beginning;
        for (std::size_t n = random() % 3; n-- > 0 && !all.empty();)
            forms.push_back(all[random() % all.size()].exact);
        if (!all.empty() && random() % 2 == 0)
            beginning = cut_at_character(all[random() % all.size()].folded, 1 + random() % 8);
        Sieve sieve;
        for (const std::string& form : forms) sieve.add(form);
        sieve.add_beginning(beginning);

        const Scanned scanned = scan(text, lang, sieve);

        CAPTURE(round, lang, escaped(text), forms, escaped(beginning));
        REQUIRE(scanned.well_formed);
        REQUIRE(scanned.columns.size() == scanned.tokens.size());
        std::size_t next = 0;
        for (const Token& token : all) {
            const bool here = next < scanned.tokens.size() && scanned.tokens[next].span == token.span;
            CAPTURE(token.exact, token.span.begin, next);
            if (!here) {
                REQUIRE_FALSE(wanted(token, forms, beginning));
                continue;
            }
            const Token& found = scanned.tokens[next];
            REQUIRE(found.exact == token.exact);
            REQUIRE(found.folded == token.folded);
            REQUIRE(found.kind == token.kind);
            REQUIRE(found.position - scanned.tokens[0].position ==
                    token.position - std::ranges::find(all, scanned.tokens[0].span, &Token::span)->position);
            REQUIRE(scanned.columns[next].begin == columns_of(text.substr(0, token.span.begin)));
            REQUIRE(scanned.columns[next].end == columns_of(text.substr(0, token.span.end)));
            ++next;
        }
        REQUIRE(next == scanned.tokens.size());
    }
}

TEST_CASE("the parts between borders hold the words of the whole", "[scan]") {
    std::mt19937 random(2);
    for (int round = 0; round < 3000; ++round) {
        const std::string text = repair_utf8(random_text(random));
        const Scanned scanned = scan(text, "en", {});
        std::vector<Span> spans;
        for (std::size_t i = 0; i < scanned.borders.size(); ++i) {
            const std::size_t begin = scanned.borders[i].at;
            const std::size_t end = i + 1 < scanned.borders.size() ? scanned.borders[i + 1].at : text.size();
            for (const Placed& word : place_words(text, {begin, end})) spans.push_back(word.span);
            CHECK(columns_of(text.substr(0, begin)) == scanned.borders[i].column);
        }

        std::vector<Span> expected;
        for (const Token& token : analyze(text, "und"))
            if (token.kind != TokenKind::pair) expected.push_back(token.span);
        CAPTURE(round, escaped(text));
        const auto show = [](const std::vector<Span>& all) {
            std::string shown;
            for (const Span span : all)
                shown += std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
            return shown;
        };
        REQUIRE(show(spans) == show(expected));
    }
}

TEST_CASE("a text that is not well-formed is said to be so", "[scan]") {
    for (const std::string& text :
         {std::string("a\xFF"), std::string("мос\xD1"), std::string("a\0b", 3), std::string("\xED\xA0\x80"),
          std::string("\xC0\x80"), std::string("x\xF4\x90\x80\x80"), std::string("\u0301\xE2\x80")})
        CHECK_FALSE(scan(text, "en", {}).well_formed);
}
