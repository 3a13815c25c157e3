#include <catch2/catch.hpp>

#include "query/resolve.hpp"

using namespace izde;
using namespace izde::query;

namespace {

const std::vector<std::string> languages{"en", "kk", "ru", "zh"};

Resolved resolved(std::string_view typed) {
    return resolve(parse(typed).syntax, languages);
}
std::string strict(std::string_view typed) {
    return to_string(resolved(typed).strict);
}
std::string relaxed(std::string_view typed) {
    return to_string(resolved(typed).relaxed);
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a word is looked up in every language of its script", "[query]") {
    CHECK(strict("Exports") == "(exports|en:export)");
    CHECK(contains(strict("Китайскому"), "китайскому|kk:"));
    CHECK(contains(strict("Китайскому"), "|ru:китайск"));
    CHECK(strict("2022") == "(=2022)");
}

TEST_CASE("Kazakh in Latin letters is looked up as Kazakh, English words are not", "[query]") {
    CHECK(contains(strict("Qazaqstanda"), "kk:қазақстан"));
    CHECK_FALSE(contains(strict("men"), "kk:"));
    CHECK_FALSE(contains(strict("question"), "kk:"));
}

TEST_CASE("all words are required, and any of them are the partial matches", "[query]") {
    CHECK(contains(strict("dry port"), "dry|en:dri AND port|en:port"));
    CHECK(contains(relaxed("dry port"), "dry|en:dri OR port|en:port"));
    CHECK(relaxed("port") == "nothing");
}

TEST_CASE("stop words are not required beside others, but are when alone", "[query]") {
    CHECK(strict("the port") == "(port|en:port MAYBE 0.500000*(\"the port\"))");
    CHECK(contains(strict("the"), "the|en:the"));
}

TEST_CASE("a quoted phrase is exact and required in both readings", "[query]") {
    CHECK(strict("\"Across the River\"") == "(\"across the river\")");
    CHECK(contains(relaxed("old bridge \"dry port\""), "\"dry port\" AND ("));
}

TEST_CASE("an exact word has no other forms", "[query]") {
    CHECK(strict("=exports") == "(=exports)");
}

TEST_CASE("a short run of Han must stand as typed and is never taken apart", "[query]") {
    CHECK(strict("乌鲁木齐") == "(\"乌鲁 鲁木 木齐\")");
    CHECK(relaxed("乌鲁木齐") == "nothing");
    CHECK(strict("清华") == "(=清华)");
    CHECK(strict("水") == "(=水)");
}

TEST_CASE("a long run of Han is taken apart into words, its pairs make partial matches", "[query]") {
    const Resolved result = resolved("中国和哈萨克斯坦签署合作协议");
    CHECK(contains(to_string(result.strict), "=签署"));
    CHECK(contains(to_string(result.strict), "=协议"));
    CHECK(contains(to_string(result.relaxed), "=合作"));
}

TEST_CASE("excluded words are excluded in both readings and not lit", "[query]") {
    const Resolved result = resolved("dry port -river");
    CHECK(contains(to_string(result.strict), "NOT (river|en:river)") +
              contains(to_string(result.strict), "NOT river|en:river") ==
          1);
    CHECK(contains(to_string(result.relaxed), "river|en:river"));
    for (const WantedUnit& unit : result.wanted.units)
        for (const WantedTerm& term : unit.terms) CHECK(term.folded != "river");
}

TEST_CASE("fields ask for documents that have the value", "[query]") {
    CHECK(contains(strict("title:Bridge"), "title:bridge"));
    CHECK(contains(strict("author:\"Assel S\" port"), "author:Assel S"));
    CHECK(contains(strict("lang:RU port"), "lang:ru"));
    CHECK(contains(strict("date:2022-01..2023 port"), "date:2022-01..2023"));
    CHECK(contains(strict("date:2022"), "date:2022..2022"));
}

TEST_CASE("an empty query asks for everything", "[query]") {
    CHECK(resolved("").everything);
    CHECK(resolved("  ").everything);
    CHECK(strict("").find("everything") != std::string::npos);
    CHECK(strict("!?…").find("everything") != std::string::npos);
}

TEST_CASE("a query of excluded words only finds all others", "[query]") {
    CHECK(contains(strict("-river"), "NOT river|en:river"));
    CHECK_FALSE(resolved("-river").everything);
}
