// What a reader takes for one word and what for several.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/stem.hpp"

namespace {

using namespace izde::text;
using Words = std::vector<std::string>;

std::vector<Token> tokens_of(std::string_view text, std::string_view lang = "und") {
    std::vector<Token> tokens;
    for (Token& token : analyze(text, lang))
        if (token.kind != TokenKind::pair) tokens.push_back(std::move(token));
    return tokens;
}

Words folded_of(std::string_view text, std::string_view lang = "und") {
    Words words;
    for (const Token& token : tokens_of(text, lang)) words.push_back(token.folded);
    return words;
}

}  // namespace

TEST_CASE("apostrophes join words to a bounded length only, so that cost grows with the bytes", "[tokens]") {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "a`";
    for (const Token& token : analyze(text, "en")) REQUIRE(token.span.end - token.span.begin <= 256);
}

TEST_CASE("hyphens of all kinds part words, which stay neighbours", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"COVID-19", {"covid", "19"}},
        {"COVID\u201019", {"covid", "19"}},
        {"COVID\u201119", {"covid", "19"}},
        {"COVID\u221219", {"covid", "19"}},
        {"COVID–19", {"covid", "19"}},
        {"COVID－19", {"covid", "19"}},
        {"F-16 G-20", {"f", "16", "g", "20"}},
        {"e-mail", {"e", "mail"}},
        {"Nur-Sultan", {"nur", "sultan"}},
        {"Алма-Ата", {"алма", "ата"}},
        {"one—two", {"one", "two"}},
    }));
    const auto tokens = tokens_of(std::get<0>(row));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
    for (std::size_t i = 0; i < tokens.size(); ++i) CHECK(tokens[i].position == i + 1);
}

TEST_CASE("apostrophes of all kinds join letters and are one", "[text]") {
    for (const std::string apostrophe : {"'", "’", "‘", "ʼ", "＇", "`", "´", "′"}) {
        CAPTURE(apostrophe);
        CHECK(folded_of("Xi" + apostrophe + "an") == Words{"xi'an"});
        CHECK(folded_of("O" + apostrophe + "Neill", "en") == Words{"o'neill"});
        CHECK(folded_of("don" + apostrophe + "t", "en") == Words{"don't"});
        CHECK(folded_of("China" + apostrophe + "s", "en") == Words{"china"});
        CHECK(folded_of("İstanbul" + apostrophe + "un", "tr") == Words{"istanbul'un"});
        CHECK(Stemmer("tr").stem(tokens_of("İstanbul" + apostrophe + "un", "tr").front().exact) ==
              "istanbul");
    }
}

TEST_CASE("an apostrophe that quotes or measures joins nothing", "[text]") {
    CHECK(folded_of("'one' ‘two’ `three` ´four´") == Words{"one", "two", "three", "four"});
    CHECK(folded_of("5′10 presidents' words", "en") == Words{"5", "10", "presidents", "words"});
    CHECK(folded_of("``one''") == Words{"one"});
}

TEST_CASE("a letter keeps the signs that make a name of it", "[text]") {
    CHECK(folded_of("C++ C# F#, (C++)") == Words{"c++", "c#", "f#", "c++"});
    CHECK(folded_of("C++17 Objective-C++") == Words{"c++", "17", "objective", "c++"});
    CHECK(folded_of("C C+ A+ .NET") == Words{"c", "c", "a", "net"});
    CHECK(folded_of("a++b ab++ x#y") == Words{"a", "b", "ab", "x", "y"});
    CHECK(Stemmer("en").stem(tokens_of("C++", "en").front().exact) == "c++");
    CHECK(tokens_of("in C++.").back().span == Span{3, 6});
}

TEST_CASE("currency, percent and number signs part words and are none", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"US$17", {"us", "17"}},
        {"$17", {"17"}},
        {"€20 ₸500 ¥100 £5", {"20", "500", "100", "5"}},
        {"25% 25 %", {"25", "25"}},
        {"№5 №\u00A05", {"5", "5"}},
        {"20°", {"20"}},
        {"AT&T R&D", {"at", "t", "r", "d"}},
        {"1/2", {"1", "2"}},
    }));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a number keeps its points and commas", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"3.14", {"3.14"}},
        {"3,5", {"3,5"}},
        {"1,000,000", {"1,000,000"}},
        {"27.03.2023", {"27.03.2023"}},
        {"2023-03-27", {"2023", "03", "27"}},
        {"10:30", {"10", "30"}},
        {"1 000 000", {"1", "000", "000"}},
        {"5th 1990s 4G 500km", {"5th", "1990s", "4g", "500km"}},
        {"17.", {"17"}},
    }));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("full stops part initials and abbreviations", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"U.S. U.S.A", {"u", "s", "u", "s", "a"}},
        {"т.б.", {"т", "б"}},
        {"Ә.Бөкейхан", {"ә", "бөкейхан"}},
        {"А.С.Пушкин", {"а", "с", "пушкин"}},
        {"e.g. Ph.D.", {"e", "g", "ph", "d"}},
    }));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("Chinese dates and ordinals are their numbers and characters", "[text]") {
    CHECK(folded_of("3月27日", "zh") == Words{"3", "月", "27", "日"});
    CHECK(folded_of("３月２７日", "zh") == Words{"3", "月", "27", "日"});
    CHECK(folded_of("第33届", "zh") == Words{"第", "33", "届"});
}

TEST_CASE("addresses, users and tags are their words", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"@user", {"user"}},
        {"#tag #COVID19", {"tag", "covid19"}},
        {"user@example.org", {"user", "example", "org"}},
        {"https://example.org/a_b", {"https", "example", "org", "a", "b"}},
        {"www.example.org/x?y=1", {"www", "example", "org", "x", "y", "1"}},
    }));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("invisible characters are no part of a word", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"co\u00ADoperate", {"cooperate"}},
        {"zero\u2060width", {"zerowidth"}},
        {"a\u200Cb a\u200Db", {"ab", "ab"}},
        {"\uFEFFfirst", {"first"}},
        {"left\u200E right\u200F", {"left", "right"}},
        {"one\u00A0two\u202Fthree\u2009four\u3000five", {"one", "two", "three", "four", "five"}},
        {"may\u200Bbreak", {"may", "break"}},
    }));
    CHECK(folded_of(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("full-width letters and ligatures are plain", "[text]") {
    CHECK(folded_of("ＡＢＣ１２３ ﬁle") == Words{"abc123", "file"});
    CHECK(folded_of("ＮＡＴＯ－ＥＵ") == Words{"nato", "eu"});
}

TEST_CASE("what one spelling of a sum holds is found by the other", "[text]") {
    const auto sum = folded_of("US$17 billion", "en"), plain = folded_of("$17", "en");
    CHECK(sum == Words{"us", "17", "billion"});
    CHECK(plain == Words{"17"});
}

TEST_CASE("a token of mixed signs is the same from its own bytes", "[text]") {
    const std::string text =
        "C++ C# Xi`an Xi´an Xi′an user@example.org US$17 COVID-19 1,000,000 ＡＢＣ１２３ O‘Neill";
    for (const Token& token : analyze(text, "en")) {
        CAPTURE(token.folded);
        const auto again = analyze(text.substr(token.span.begin, token.span.end - token.span.begin), "en");
        REQUIRE(again.size() == 1);
        CHECK(again.front().folded == token.folded);
    }
}
