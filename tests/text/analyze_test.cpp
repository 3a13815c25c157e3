#include <algorithm>
#include <random>
#include <set>
#include <span>
#include <thread>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"
#include "izde/text/utf8.hpp"

#include "text/ascii_word.hpp"
#include "text/fold.hpp"

namespace {

using namespace izde::text;

std::vector<std::string> folded(std::string_view text, std::string_view lang = "und") {
    std::vector<std::string> words;
    for (const Token& token : analyze(text, lang)) words.push_back(token.folded);
    return words;
}

std::string stem_of(std::string_view word, std::string_view lang) {
    const auto tokens = analyze(word, lang);
    return tokens.empty() ? "" : Stemmer(lang).stem(tokens.front().exact);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words lose case, width, ligatures and invisible characters", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"Bridge RIVER", {"bridge", "river"}},
        {"ＡＢＣ ﬁle", {"abc", "file"}},
        {"co\u00ADoperate zero\u2060width", {"cooperate", "zerowidth"}},
        {"Straße", {"strasse"}},
        {"Қазақстан ӘЛЕМ Һ", {"қазақстан", "әлем", "һ"}},
        {"ТОКАЕВ", {"токаев"}},
        {"one\u00A0two", {"one", "two"}},
    }));
    CHECK(folded(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("Latin letters lose their accents, letters of other scripts stay themselves", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"Ürümqi Urumqi U\u0308ru\u0308mqi", {"urumqi", "urumqi", "urumqi"}},
        {"Łódź Øresund naïve", {"lodz", "oresund", "naive"}},
        {"новой новои", {"новой", "новои"}},
        {"ёлка елка", {"елка", "елка"}},
        {"за\u0301мок", {"замок"}},
        {"Україна їжак", {"україна", "їжак"}},
        {"ғылым қала ұлы үй өнер һәм", {"ғылым", "қала", "ұлы", "үй", "өнер", "һәм"}},
    }));
    CHECK(folded(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("punctuation parts words where a reader sees two", "[text]") {
    const auto row = GENERATE(table<std::string, Words>({
        {"Nur-Sultan Kazakhstan–China", {"nur", "sultan", "kazakhstan", "china"}},
        {"Kazakhstan’s Xi’an Xi'an", {"kazakhstan", "xi'an", "xi'an"}},
        {"US$17 64% 31.5 COVID-19", {"us", "17", "64", "31.5", "covid", "19"}},
        {"Ә.Бөкейхан U.S.", {"ә", "бөкейхан", "u", "s"}},
        {"KZ4_2554-scaled.jpeg", {"kz4", "2554", "scaled", "jpeg"}},
        {"", {}},
        {" … — !?", {}},
    }));
    CHECK(folded(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("inflected forms share a stem in their language", "[text]") {
    const auto row = GENERATE(table<std::string, std::string, std::string>({
        {"en", "exports", "exporting"},
        {"en", "Relations", "relation"},
        {"ru", "китайскому", "Китайской"},
        {"ru", "новый", "новая"},
        {"de", "Häuser", "hausern"},
        {"tr", "kitaplar", "kitap"},
        {"fr", "nationale", "nationales"},
    }));
    CHECK(stem_of(std::get<1>(row), std::get<0>(row)) == stem_of(std::get<2>(row), std::get<0>(row)));
}

TEST_CASE("without a language words are their own stems", "[text]") {
    CHECK(stem_of("exports", "und") == "exports");
    CHECK(stem_of("exports", "xx") == "exports");
}

TEST_CASE("Turkish tells dotted from dotless i only as long as its stemmer needs it", "[text]") {
    CHECK(folded("IŞIK ışık İstanbul", "tr") == Words{"isik", "isik", "istanbul"});
}

TEST_CASE("Han text is characters and overlapping pairs at their positions", "[text]") {
    const auto tokens = analyze("在新疆3月", "zh");
    std::vector<std::pair<std::string, std::uint32_t>> found;
    for (const Token& token : tokens) found.emplace_back(token.folded, token.position);
    CHECK(found == std::vector<std::pair<std::string, std::uint32_t>>{
                       {"在", 1}, {"在新", 1}, {"新", 2}, {"新疆", 2}, {"疆", 3}, {"3", 4}, {"月", 5}});
}

TEST_CASE("pairs do not reach over punctuation", "[text]") {
    const auto words = folded("中国，水", "zh");
    CHECK(std::set<std::string>(words.begin(), words.end()) ==
          std::set<std::string>{"中", "中国", "国", "水"});
}

TEST_CASE("a blank line parts positions so that phrases do not cross paragraphs", "[text]") {
    const auto across = analyze("one\n\ntwo", "en");
    const auto wrapped = analyze("one\ntwo", "en");

    CHECK(across[1].position > across[0].position + 8);
    CHECK(wrapped[1].position == wrapped[0].position + 1);
}

TEST_CASE("a word that is too long is cut at a character", "[text]") {
    const auto tokens = analyze(std::string(999, 'x') + " " + std::string("қ") + std::string(200, 'a'), "en");
    REQUIRE(tokens.size() == 2);
    CHECK(tokens[0].folded.size() == max_token_bytes);
    CHECK(is_valid_utf8(tokens[1].folded));
}

TEST_CASE("tokens of any bytes have ascending spans on character borders inside the text", "[text]") {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{
        "word", "Ünï",  "қала",       "新疆", "\xFF",   "\xC3",     " ",    "\n\n", "'", "3.5",
        "ёж",   "\xE4", "\u0301",     "_",    "a.b",    "\u00AD",   "한국", "กรุง",  "ﬁ", "\U0001F600",
        "İ",    "-",    "ーカタカナ", "\0",   "ひらが", "\xF0\x9F", "ʼ",    "．",   "K"};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (auto i = random() % 30; i > 0; --i) text += pieces[random() % pieces.size()];
        const std::string lang = round % 2 == 0 ? "en" : "tr";
        std::size_t begin = 0;
        std::uint32_t position = 0;
        for (const Token& token : analyze(text, lang)) {
            INFO(text);
            REQUIRE(token.span.begin >= begin);
            REQUIRE(token.span.end > token.span.begin);
            REQUIRE(token.span.end <= text.size());
            REQUIRE(token.position >= position);
            REQUIRE((static_cast<unsigned char>(text[token.span.begin]) & 0xC0) != 0x80);
            REQUIRE_FALSE(token.folded.empty());
            REQUIRE_FALSE(token.exact.empty());
            REQUIRE(is_valid_utf8(token.folded));
            REQUIRE(is_valid_utf8(token.exact));
            REQUIRE(without_accents(token.exact) == token.folded);
            begin = token.span.begin;
            position = token.position;
        }
    }
}

TEST_CASE("what a text is cut into does not depend on the texts that its thread read before", "[text]") {
    const std::string texts[] = {"한국어 사전", "กรุงเทพมหานคร", "ລາວ ພາສາ",    "ភាសាខ្មែរ",    "မြန်မာဘာသာ",
                                 "ᥖᥭᥰ ᥘᥫᥴ",     "ꪼꪕ ꪒꪾ",         "゛ ゠ 〱 ・", "ｰ ー カー",   "𛀀𛀁 ㌀",
                                 "〸〹",        "漢字かな한글", "ᦅᧄ",          "a゠b 한ー국", "ไทย한국ลาว"};
    for (const std::string& text : texts) {
        Words alone;
        std::thread([&] { alone = folded(text); }).join();
        for (const std::string& before : texts) {
            CAPTURE(text, before);
            folded(before);
            CHECK(folded(text) == alone);
        }
    }
}

TEST_CASE("analysing a token's own bytes gives that token again", "[text]") {
    const std::string text =
        "Role of Ürümqi: Қазақстанда 64% Kazakhstan’s ﬁle U.S. Токаевым naïve Straße x_y 3.14";
    for (const Token& token : analyze(text, "en")) {
        const auto again = analyze(text.substr(token.span.begin, token.span.end - token.span.begin), "en");
        REQUIRE(again.size() == 1);
        CHECK(again.front().folded == token.folded);
        CHECK(again.front().exact == token.exact);
    }
}

TEST_CASE("a language code is reduced to its primary part", "[text]") {
    CHECK(canonical_language("en-US") == "en");
    CHECK(canonical_language("RU") == "ru");
    CHECK(canonical_language("zh_Hant") == "zh");
    CHECK(canonical_language("kaz") == "kk");
    CHECK(canonical_language("") == "und");
    CHECK(canonical_language("English") == "und");
    CHECK(canonical_language("<b>") == "und");
}

TEST_CASE("the table of languages is sorted, so that look-ups find each", "[text]") {
    for (const LanguageRules& rules : languages()) {
        REQUIRE(find_language(rules.code) != nullptr);
        CHECK(has_stemmer(rules.code) == !rules.stemmer.empty());
    }
}

TEST_CASE("stop words are told as they are folded", "[text]") {
    CHECK(is_stop_word("the", "en"));
    CHECK(is_stop_word("и", "ru"));
    CHECK(is_stop_word("және", "kk"));
    CHECK(is_stop_word("fur", "de"));
    CHECK_FALSE(is_stop_word("kazakhstan", "en"));
    CHECK_FALSE(is_stop_word("the", "ru"));
}

TEST_CASE("the fingerprint names the rules and every library they depend on", "[text]") {
    const std::string print = fingerprint();
    CHECK(print.find("izde-text/") != std::string::npos);
    CHECK(print.find("icu/") != std::string::npos);
    CHECK(print.find("xapian/") != std::string::npos);
}

TEST_CASE("short words of ASCII fold as all words do", "[text]") {
    constexpr std::string_view signs = "azAZ09@[`{/:_'";
    std::mt19937 random(1);
    for (int i = 0; i < 50000; ++i) {
        std::string text(40, ' ');
        const auto rare = random() % 60 + 1;
        for (char& c : text)
            c = random() % rare == 0 ? static_cast<char>(random()) : signs[random() % (rare > 20 ? 6 : 14)];
        const std::size_t begin = random() % 8, bytes = 1 + random() % 20;
        const std::string word = text.substr(begin, bytes);
        const bool plain =
            bytes <= AsciiWord::longest && std::ranges::all_of(word, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            });
        CAPTURE(word);
        std::string small = "as it was";
        REQUIRE(small_ascii(text.data() + begin, bytes, small) == plain);
        REQUIRE(small == (plain ? fold_case(word, "en") : "as it was"));
    }
}

TEST_CASE("tokens that are handed over are those of the text", "[text]") {
    std::mt19937 random(1);
    const std::vector<std::string> words{"Word ",
                                         "a, ",
                                         "İstanbul’da ",
                                         "IŞIK ",
                                         "\n\n",
                                         "国際",
                                         "it's; ",
                                         "\u00AD ",
                                         "3.14 ",
                                         "C++ ",
                                         "каша ",
                                         ". The ",
                                         "abcdefghijklmnopqrstuvwxyz0123456789 "};
    for (const std::size_t pieces : {0, 1, 30, 511, 512, 513, 3000}) {
        std::string text;
        for (std::size_t i = 0; i < pieces; ++i) text += words[random() % words.size()];
        const auto whole = analyze(text, "tr");
        std::size_t at = 0;
        analyze(text, "tr", [&](std::span<const Token> some) {
            for (const Token& token : some) {
                REQUIRE(at < whole.size());
                const Token& same = whole[at++];
                CHECK(token.exact == same.exact);
                CHECK(token.folded.empty());
                CHECK(token.lang == same.lang);
                CHECK(token.span == same.span);
                CHECK(token.position == same.position);
                CHECK(token.kind == same.kind);
                CHECK(token.casing == same.casing);
            }
        });
        CHECK(at == whole.size());
    }
}
