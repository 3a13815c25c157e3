// The words of a text as numbers: what counts as the same word when texts are compared.
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"
#include "izde/text/words.hpp"

namespace {

using namespace izde::text;

constexpr std::size_t all = 1000;

std::vector<std::uint32_t> hashes_of(const std::string& text) {
    std::vector<std::uint32_t> hashes;
    for (const Word& word : words_of(text, all)) hashes.push_back(word.hash);
    return hashes;
}

}  // namespace

TEST_CASE("what typesetting changes makes no other word", "[words]") {
    const auto [one, other] = GENERATE(table<std::string, std::string>({
        {"The Bridge opened", "THE BRIDGE OPENED"},
        {"Мост через реку", "МОСТ ЧЕРЕЗ РЕКУ"},
        {"Қала әкімі", "ҚАЛА ӘКІМІ"},
        {"ёлка", "елка"},
        {"\"It is over,\" she said", "“It is over” – she said"},
        {"Xi'an and Xi’an", "Xi’an and Xi`an"},
        {"an agree-\nment of co-operation", "an agreement of cooperation"},
        {"soft\u00ADware", "software"},
        {"1,000 tonnes, 3,5 percent", "1000 tonnes, 3.5 percent"},
        {"ＡＢＣ １２", "abc 12"},
        {"铁路，今天。", "铁路今天"},
    }));
    INFO(one << " | " << other);
    CHECK(hashes_of(one) == hashes_of(other));
}

TEST_CASE("other words and other numbers are not equal", "[words]") {
    const auto [one, other] = GENERATE(table<std::string, std::string>({
        {"bridge", "bridges"},
        {"3.5", "35"},
        {"12", "13"},
        {"new-year", "new year"},
        {"река", "реки"},
        {"铁路", "路铁"},
        {"1986-87", "198687"},
    }));
    INFO(one << " | " << other);
    CHECK(hashes_of(one) != hashes_of(other));
}

TEST_CASE("a word knows whether it is a number, a name or a sentence's first", "[words]") {
    const auto words = words_of("In Astana 12 trains. Қазақстан сказал: 三人来了。", all);
    REQUIRE(words.size() == 10);
    CHECK(words[0].begins_sentence);
    CHECK(words[1].capital);
    CHECK_FALSE(words[1].begins_sentence);
    CHECK(words[2].number);
    CHECK(words[4].begins_sentence);
    CHECK(words[4].capital);
    CHECK_FALSE(words[5].capital);
    CHECK(words[6].number);
    CHECK(words[6].unspaced);
    CHECK_FALSE(words[7].number);
}

TEST_CASE("any bytes have words, at most as many as asked for", "[words]") {
    CHECK(words_of("", all).empty());
    CHECK(words_of(" .,!\n", all).empty());
    CHECK(words_of("one two three", 2).size() == 2);
    CHECK(words_of("\xFF\xC3 word \xE4\xB8", all).size() >= 1);
    CHECK(words_of(std::string(1 << 20, 'a'), all).size() == 1);
    CHECK(words_of("1,", all).size() == 1);
    CHECK(words_of("a-", all).size() == 1);
}

// Full-width letters and signs are read one by one.
TEST_CASE("what is read in runs has the words of what is read letter by letter", "[words]") {
    constexpr std::string_view signs = "  \n.,;!?-'`_@019azAZ";
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        std::string narrow, wide;
        for (std::size_t left = random() % 40; left > 0; --left) {
            const auto any = static_cast<char>(random() % 0x80);
            const char c = random() % 4 == 0 ? any : signs[random() % signs.size()];
            narrow += c;
            if (c > ' ' && c < 0x7F)
                append_utf8(wide, static_cast<char32_t>(c) + 0xFEE0);
            else
                wide += c;
        }
        CAPTURE(narrow);
        const auto in_runs = words_of(narrow, 9), one_by_one = words_of(wide, 9);
        REQUIRE(in_runs.size() == one_by_one.size());
        for (std::size_t at = 0; at < in_runs.size(); ++at) {
            const auto all_of = [](const Word& word) {
                return std::tuple(word.hash, word.number, word.capital, word.begins_sentence, word.unspaced);
            };
            CHECK(all_of(in_runs[at]) == all_of(one_by_one[at]));
        }
    }
}
