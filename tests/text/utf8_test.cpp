#include <array>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

using namespace izde::text;

TEST_CASE("only well-formed UTF-8 is valid", "[text]") {
    CHECK(is_valid_utf8("plain қазақ 新疆 \U0001F600"));
    CHECK(is_valid_utf8(""));
    CHECK_FALSE(is_valid_utf8("\xC0\xAF"));          // overlong
    CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
    CHECK_FALSE(is_valid_utf8("cut \xE4\xB8"));
}

TEST_CASE("repair keeps what is well-formed and marks what is not", "[text]") {
    CHECK(repair_utf8("a\xFF"
                      "b") == "a\uFFFDb");
    CHECK(repair_utf8(std::string_view("a\0b", 3)) == "ab");
    CHECK(repair_utf8("新\xE7\x96") == "新\uFFFD");
    CHECK(is_valid_utf8(repair_utf8("\xED\xA0\x80\xC0\xAF\xF4\x90\x80\x80")));
}

TEST_CASE("a base is never parted from its marks", "[text]") {
    const std::string text = "xu\u0308y";  // x, u + diaeresis, y
    CHECK(character_begin(text, 2) == 1);
    CHECK(character_end(text, 2) == 4);
    CHECK(character_begin(text, 3) == 1);
    CHECK(character_begin(text, 0) == 0);
    CHECK(character_end(text, 99) == text.size());
}

TEST_CASE("a place inside of a character's bytes lies between its borders", "[text]") {
    const std::string text = "абa新z\r\nb";
    const auto begins = std::to_array<std::size_t>({0, 0, 2, 2, 4, 5, 5, 5, 8, 9, 9, 11, 12});
    const auto ends = std::to_array<std::size_t>({0, 2, 2, 4, 4, 5, 8, 8, 8, 9, 11, 11, 12});
    for (std::size_t at = 0; at <= text.size(); ++at) {
        CAPTURE(at);
        CHECK(character_begin(text, at) == begins.at(at));
        CHECK(character_end(text, at) == ends.at(at));
    }
    CHECK(character_begin("a\U0001F468\u200D\U0001F469", 6) == 1);  // one emoji
    CHECK(character_begin("각\u11A8", 3) == 0);                     // one syllable
}

TEST_CASE("Han characters are two columns wide, marks none", "[text]") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("新疆") == 4);
    CHECK(display_width("қала") == 4);
    CHECK(display_width("u\u0308") == 1);
}

TEST_CASE("white space of every kind collapses to one space", "[text]") {
    CHECK(collapse_spaces("  a \t\n b\u00A0\u3000c  ") == "a b c");
    CHECK(collapse_spaces(" \n ").empty());
}
