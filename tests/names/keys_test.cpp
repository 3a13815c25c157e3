#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "izde/names/keys.hpp"

namespace {

using izde::names::name_keys;

bool has(const std::vector<std::string>& keys, std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
}

// Letters of all alphabets with rules, and bytes of none.
std::string random_word(std::mt19937& random, std::size_t pieces) {
    static const std::vector<std::string> alphabet{"a",
                                                   "i",
                                                   "o",
                                                   "u",
                                                   "y",
                                                   "q",
                                                   "x",
                                                   "c",
                                                   "w",
                                                   "f",
                                                   "zh",
                                                   "shch",
                                                   "ü",
                                                   "ý",
                                                   "ş",
                                                   "'",
                                                   "а",
                                                   "ы",
                                                   "ь",
                                                   "ш",
                                                   "ң",
                                                   "і",
                                                   "ұ",
                                                   "б",
                                                   "н",
                                                   "чж",
                                                   "цз",
                                                   "ань",
                                                   "ъ",
                                                   "ئ",
                                                   "ە",
                                                   "ڭ",
                                                   "中",
                                                   "7",
                                                   "\xFF",
                                                   "\xC3",
                                                   "\xD0",
                                                   "\xED\xA0\x80",
                                                   "\xF0\x9F\x98\x80",
                                                   "-",
                                                   "́",
                                                   "ﬁ",
                                                   std::string(1, '\0')};
    std::string word;
    while (pieces-- > 0) word += alphabet[random() % alphabet.size()];
    return word;
}

}  // namespace

TEST_CASE("a word that is no name by its look has no keys", "[names]") {
    for (const std::string_view word :
         {"", "a", "ток", "xi", "2022", "kz4", "covid19", "中国", "токаеv", "tokaев", "سلام", "αθήνα", "brr",
          "aeiou", "\xFF\xFE", "tok\xC3", "'", "---"}) {
        INFO(word);
        CHECK(name_keys(word).empty());
    }
    CHECK(name_keys(std::string(izde::names::longest_name, 'k') + "a").empty());
}

TEST_CASE("four sounds are a name only with a consonant last", "[names]") {
    CHECK(name_keys("iran") == name_keys("иран"));
    CHECK_FALSE(name_keys("омск").empty());
    CHECK(name_keys("бері").empty());
    CHECK(name_keys("dome").empty());
}

TEST_CASE("a Russian stem shares the key of its word", "[names]") {
    CHECK(name_keys("урумч") == name_keys("урумчи"));
    CHECK(name_keys("астан") == name_keys("астана"));
    CHECK(name_keys("алмат") == name_keys("almaty"));
}

TEST_CASE("Chinese names in Cyrillic have their pinyin for a key", "[names]") {
    CHECK(has(name_keys("цзиньпин"), "=jinping"));
    CHECK(has(name_keys("синжуй"), "=xingrui"));
    CHECK(has(name_keys("сиань"), "=xian"));
    CHECK(has(name_keys("чанъань"), "=changan"));
    CHECK(has(name_keys("чжао"), "=zhao"));
    CHECK(has(name_keys("xi'an"), "=xian"));
    CHECK(has(name_keys("lǚshùn"), "=lushun"));
}

TEST_CASE("a Chinese name keeps its key in Russian cases", "[names]") {
    for (const std::string_view word : {"ухань", "ухани", "ухане", "уханем"}) {
        INFO(word);
        CHECK(has(name_keys(word), "=wuhan"));
    }
    CHECK(has(name_keys("шэньчжэня"), "=shenzhen"));
    CHECK(has(name_keys("сиане"), "=xian"));
}

TEST_CASE("a Russian word that could be Palladius by chance has no pinyin", "[names]") {
    for (const std::string_view word :
         {"чина", "сила", "пень", "мама", "дао", "чай", "боится", "хан", "лань", "они", "баня", "кони"}) {
        INFO(word);
        CHECK(std::ranges::none_of(name_keys(word), [](const std::string& key) { return key[0] == '='; }));
    }
}

TEST_CASE("any bytes have few, sorted and different keys of bounded length", "[names]") {
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        const std::string word = random_word(random, random() % 24);
        const auto keys = name_keys(word);
        CHECK(keys.size() <= izde::names::most_keys);
        CHECK(std::ranges::adjacent_find(keys, std::greater_equal<>()) == keys.end());
        for (const std::string& key : keys) CHECK(key.size() <= 2 * word.size());
        if (word.size() > izde::names::longest_name) CHECK(keys.empty());
    }
}

TEST_CASE("the longest ambiguous words stay within their bounds", "[names]") {
    for (const std::string_view piece :
         {"qi", "yo", "ý", "qiyoý", "xi", "ңыш", "оы", "ань", "чжуань", "юцисуцы", "shch", "ye", "e"}) {
        std::string word;
        while (word.size() + piece.size() <= izde::names::longest_name) word += piece;
        INFO(word);
        CHECK(name_keys(word).size() <= izde::names::most_keys);
    }
}

TEST_CASE("a huge word costs nothing", "[names]") {
    CHECK(name_keys(std::string(std::size_t{64} << 20, 'a')).empty());
}
