// How letters are written.
#include <random>

#include <catch2/catch.hpp>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

using namespace izde::text;

namespace {

// As comparable() makes it of ASCII, letter by letter.
Comparable compared_plainly(const std::string& ascii) {
    Comparable line;
    bool space = false;
    for (std::size_t at = 0; at < ascii.size(); ++at) {
        char c = ascii[at];
        if (c == '\0') continue;
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space = !line.text.empty();
            continue;
        }
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        for (const char one : {space ? ' ' : '\0', c == '`' ? '\'' : c}) {
            if (one == '\0') continue;
            line.text += one;
            line.origin.push_back(static_cast<std::uint32_t>(at));
        }
        space = false;
    }
    line.origin.push_back(static_cast<std::uint32_t>(ascii.size()));
    return line;
}

}  // namespace

TEST_CASE("lines are compared without case, kinds of signs and white space", "[text]") {
    const std::pair<const char*, const char*> rows[] = {{"The Bridge", "the bridge"},
                                                        {"  The\t \n Bridge  ", "the bridge"},
                                                        {"\fThe\v\f\rBridge", "the bridge"},
                                                        {"Ёлка", "елка"},
                                                        {"ДИЯР ІІ", "дияр іі"},
                                                        {"ISPARTA İzmir ılık", "isparta izmir ilik"},
                                                        {"“A” «B» „C“", "\"a\" \"b\" \"c\""},
                                                        {"O’Brien O`Brien", "o'brien o'brien"},
                                                        {"A – B — C", "a - b - c"},
                                                        {"来源：新华社（图）", "来源:新华社(图)"},
                                                        {"2022　年", "2022 年"},
                                                        {"co\u00ADoperate", "cooperate"},
                                                        {"a\u00A0b", "a b"},
                                                        {"Café", "café"},
                                                        {"", ""},
                                                        {" \u00A0 ", ""}};
    for (const auto& [line, expected] : rows) {
        CAPTURE(line);
        CHECK(comparable(line).text == expected);
    }
}

TEST_CASE("each byte of a comparable line knows the character it came from, for any bytes", "[text]") {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{"a",      "B",        " ",        "\t",     "ё",  "İ",  "“", "—",
                                          "\u00AD", "\u00A0",   "\u200B",   "\u3000", "：", "大", "😀", "\xFF",
                                          "\xC3",   "\xE5\xA4", "\xF0\x9F", "\n",     "ﬁ",  "Ⱥ",  "ẞ", "。"};
    for (int round = 0; round < 2000; ++round) {
        std::string line;
        for (std::size_t i = random() % 12; i > 0; --i) line += pieces[random() % pieces.size()];
        const Comparable found = comparable(line);
        REQUIRE(is_valid_utf8(found.text));
        REQUIRE(found.origin.size() == found.text.size() + 1);
        REQUIRE(found.origin.back() == line.size());
        REQUIRE(std::ranges::is_sorted(found.origin));
        if (!is_valid_utf8(line)) continue;
        for (const std::uint32_t at : found.origin) REQUIRE(character_begin(line, at) == at);
    }
}

TEST_CASE("a comparable line is comparable already", "[text]") {
    for (const char* line : {"The “Bridge” – Ёлка", "İZMİR ılık", "来源：新华社（图）", "ÀÉ ẞ ﬁ Ⱥ ǅ"}) {
        CAPTURE(line);
        const std::string once = comparable(line).text;
        CHECK(comparable(once).text == once);
    }
}

TEST_CASE("capitals of a word are told", "[text]") {
    const std::pair<const char*, Capitals> rows[] = {
        {"7", Capitals::none},       {"", Capitals::none},           {"大桥", Capitals::none},
        {"de", Capitals::small},     {"мост", Capitals::small},      {"Astana", Capitals::first},
        {"Астана", Capitals::first}, {"Ұлытау", Capitals::first},    {"A", Capitals::first},
        {"ASTANA", Capitals::all},   {"НҰР-СҰЛТАН", Capitals::all},  {"McDonald", Capitals::mixed},
        {"iPhone", Capitals::mixed}, {"ҚазАқпарат", Capitals::mixed}};
    for (const auto& [word, expected] : rows) {
        CAPTURE(word);
        CHECK(capitals(word) == expected);
    }
}

TEST_CASE("words all in capitals get small letters, others stay", "[text]") {
    const std::pair<const char*, const char*> rows[] = {{"NUR-SULTAN", "Nur-Sultan"},
                                                        {"O'BRIEN", "O'Brien"},
                                                        {"XI'AN", "Xi'an"},
                                                        {"J.K. ROWE", "J.K. Rowe"},
                                                        {"NEW YORK", "New York"},
                                                        {"ST. PETERSBURG", "St. Petersburg"},
                                                        {"McDonald", "McDonald"},
                                                        {"Jane DOE", "Jane Doe"},
                                                        {"НҰР-СҰЛТАН", "Нұр-Сұлтан"},
                                                        {"ӨСКЕМЕН", "Өскемен"},
                                                        {"MÜNCHEN", "München"},
                                                        {"İSTANBUL", "İstanbul"},
                                                        {"IŞIK", "Işık"},
                                                        {"IRINA", "Irina"},
                                                        {"北京", "北京"},
                                                        {"A", "A"},
                                                        {"", ""}};
    for (const auto& [name, expected] : rows) {
        CAPTURE(name);
        CHECK(with_small_letters(name) == expected);
    }
}

TEST_CASE("lines of ASCII are compared the same eight bytes at a time", "[text]") {
    std::mt19937 random(1);
    for (int i = 0; i < 50000; ++i) {
        std::string line;
        const auto rare = random() % 40 + 2;
        for (std::size_t left = random() % 40; left > 0; --left) {
            const auto any = static_cast<char>(random() % 0x80);
            line += random() % rare == 0 ? any : random() % 5 == 0 ? ' ' : static_cast<char>('@' + any % 32);
        }
        CAPTURE(line);
        const Comparable ours = comparable(line), plain = compared_plainly(line);
        REQUIRE(ours.text == plain.text);
        REQUIRE(ours.origin == plain.origin);
    }
}
