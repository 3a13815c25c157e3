#include <algorithm>

#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

const Searcher& searcher() {
    static const TempDir dir;
    static const auto started = [] {
        publish(
            dir.path(),
            {make_document(1, "Role of Ürümqi in trade", "The trade of Ürümqi grows, we saw Ürümqi."),
             make_document(2, "ROLE OF URUMQI IN TRADE.", "The same story in capitals."),
             make_document(3, "Traffic", "Old trams of Almaty; the traffic of Almaty."),
             make_document(4, "Экономика Казахстана", "Казахстан и экономика. Казахстану нужен порт.", "ru"),
             make_document(5, "Қазақстан экономикасы", "Қазақстан өңірлері туралы.", "kk"),
             make_document(6, "中国经济增长", "中国经济今年增长。", "zh")});
        return Searcher::start(dir.path());
    }();
    return *started;
}

using Texts = std::vector<std::string>;

Texts texts(const std::string& typed, bool titles, std::size_t limit = 10) {
    Texts found;
    for (const Suggestion& one : expect(searcher().suggest(typed, limit)).items)
        if (one.id.empty() != titles) found.push_back(one.text);
    return found;
}
Texts words(const std::string& typed) {
    return texts(typed, false);
}
Texts titles(const std::string& typed) {
    return texts(typed, true);
}

}  // namespace

TEST_CASE("the last word is completed by the most frequent words, names with a capital and accents",
          "[search]") {
    CHECK(words("tra") == Texts{"trade", "traffic", "trams"});
    CHECK(words("uru") == Texts{"Ürümqi"});
    CHECK(words("alm") == Texts{"Almaty"});
    CHECK(words("қаз") == Texts{"Қазақстан"});
}

TEST_CASE("of the forms of a word one is proposed", "[search]") {
    CHECK(words("казах").size() == 1);
}

TEST_CASE("words before the last stay as typed, and completions that find nothing with them are left out",
          "[search]") {
    CHECK(words("almaty tra") == Texts{"almaty traffic", "almaty trams"});
    CHECK(words("ÜRÜMQI tra") == Texts{"ÜRÜMQI trade"});
    CHECK(words("\"old tra") == Texts{"\"old trams"});
    CHECK(words("title:tra") == Texts{"title:trade", "title:traffic"});
    CHECK(words("zzz tra").empty());
}

TEST_CASE("titles have all the words, the last one as a beginning, and no two are alike", "[search]") {
    CHECK(titles("role uru").size() == 1);
    CHECK(titles("экон").size() == 2);
    CHECK(titles("traf").empty());  // the word is proposed already
    CHECK(titles("中国") == Texts{"中国经济增长"});
    CHECK(titles("中国经") == Texts{"中国经济增长"});
    CHECK(titles("-role trade").empty());
}

TEST_CASE("a title comes with the id of its document", "[search]") {
    const auto found = expect(searcher().suggest("қазақстан экон", 10)).items;
    REQUIRE_FALSE(found.empty());
    CHECK(found.back().id == hex_id(5));
}

TEST_CASE("there are never more than asked for, nor two alike, nor what was typed", "[search]") {
    for (const char* typed : {"t", "tra", "role of", "trade", "экон", "中"})
        for (const std::size_t limit : {1u, 2u, 10u, 20u}) {
            const auto found = expect(searcher().suggest(typed, limit)).items;
            CHECK(found.size() <= limit);
            Texts all;
            for (const Suggestion& one : found) all.push_back(one.text);
            std::ranges::sort(all);
            CHECK(std::ranges::adjacent_find(all) == all.end());
            CHECK(std::ranges::find(all, typed) == all.end());
        }
}

TEST_CASE("anything may be typed", "[search]") {
    for (const std::string typed : {"", " ", "(", "\"", "-", "title:", "tra ", "*", "=tra", "a OR ", "tra*",
                                    "\xE4\xB8", "()))((", "NEAR/5", "tra -"})
        CHECK_NOTHROW(expect(searcher().suggest(typed, 10)));
    CHECK(expect(searcher().suggest(std::string(8000, 'a'), 10)).items.empty());
}
