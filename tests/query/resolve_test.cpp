#include <chrono>

#include <catch2/catch.hpp>

#include "query/resolve.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::query;
using namespace izde::tests;

namespace {

// An index whose vocabulary the words below are looked up in.
const index::Reader& reader() {
    static const TempDir dir;
    static const index::Reader opened = [] {
        publish(dir.path(),
                {make_document(1, "Dry ports",
                               "The dry port exports ore; exporting and export, to Ürümqi or Urumqi."),
                 make_document(2, "Китай", "Китайский порт, китайскому порту, китайская руда.", "ru"),
                 make_document(3, "Қазақстан", "Қазақстанда және Қазақстанның китайскому портында.", "kk"),
                 make_document(4, "签署", "中国和哈萨克斯坦签署合作协议。", "zh")});
        return open_live(dir.path());
    }();
    return opened;
}

Resolved resolved(std::string_view typed) {
    return resolve(parse(typed).syntax, {reader().vocabulary(), reader().languages()});
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

TEST_CASE("a word that was looked up before has the forms of the languages that are asked now", "[query]") {
    const auto forms = [](std::vector<std::string> languages, const Deadline* deadline) {
        Lexicon lexicon{reader().vocabulary(), std::move(languages)};
        lexicon.deadline = deadline;
        return resolve(parse("exported").syntax, lexicon).in_row.front();
    };
    const Deadline passed{std::chrono::milliseconds(0)};
    using Forms = std::vector<std::string>;
    const Forms all{"exported", "export", "exporting", "exports"};

    CHECK(forms({"en"}, &passed) == Forms{"exported"});
    for (int times = 0; times < 2; ++times) {
        CHECK(forms({"en"}, nullptr) == all);
        CHECK(forms({"ru"}, nullptr) == Forms{"exported"});
        CHECK(forms({}, nullptr) == Forms{"exported"});
    }
    CHECK(forms({"en"}, &passed) == all);
}

TEST_CASE("a word is looked up in every language of its script, by the forms the index holds", "[query]") {
    CHECK(strict("Exports") == "(exports|export|exporting + 0.25*exports MAYBE 0.5*(expor*) "
                               "0.1*(title:exports|export|exporting))");
    CHECK(strict("Китайскому") == "(китайскому|китайская|китайский + 0.25*китайскому MAYBE 0.5*(китай*) "
                                  "0.1*(title:китайскому|китайская|китайский))");
    CHECK(strict("2022") == "(2022 + 0.25*2022 MAYBE 0.1*(title:2022))");
    CHECK(strict("heard") == "(heard + 0.25*heard MAYBE 0.5*(heard*) 0.1*(title:heard))");
}

TEST_CASE("spellings that differ in accents are one word, its own spelling counts more", "[query]") {
    CHECK(strict("Urumqi") == "(urumqi|ürümqi + 0.25*urumqi + 0.1*urumqi|ürümqi MAYBE 0.5*(urumq*) "
                              "0.1*(title:urumqi|ürümqi))");
    CHECK(strict("ÜRÜMQI") == "(urumqi|ürümqi + 0.25*ürümqi + 0.1*urumqi|ürümqi MAYBE 0.5*(urumq*) "
                              "0.1*(title:urumqi|ürümqi))");
    CHECK(strict("=ürümqi") == "(ürümqi)");
    CHECK(strict("\"to urumqi\"") == "(\"to urumqi|ürümqi\")");
}

TEST_CASE("Kazakh in Latin letters is looked up as Kazakh, English words are not", "[query]") {
    CHECK(contains(strict("Qazaqstanda"), "|қазақстанда|қазақстанның"));
    CHECK_FALSE(contains(strict("question"), "қ"));
}

TEST_CASE("all words are required, and any of them are the partial matches", "[query]") {
    CHECK(contains(strict("dry port"), "dry + 0.25*dry AND port|ports + 0.25*port"));
    CHECK(contains(relaxed("dry port"), "dry + 0.25*dry OR port|ports + 0.25*port"));
    CHECK(relaxed("port") == "nothing");
}

TEST_CASE("stop words are not required beside others, but are when alone", "[query]") {
    CHECK(strict("the port") == "(port|ports + 0.25*port MAYBE 0.1*(title:port|ports))");
    CHECK(strict("the") == "(the + 0.25*the)");
}

TEST_CASE("a quoted phrase is exact and required in both readings", "[query]") {
    CHECK(strict("\"Across the River\"") == "(\"across the river\")");
    CHECK(relaxed("old pit \"dry port\"").starts_with("(\"dry port\" MAYBE (old"));
}

TEST_CASE("an exact word has no other forms", "[query]") {
    CHECK(strict("=exports") == "(exports)");
}

TEST_CASE("a short run of Han must stand as typed and is never taken apart", "[query]") {
    CHECK(strict("乌鲁木齐") == "(\"乌鲁 鲁木 木齐\")");
    CHECK(relaxed("乌鲁木齐") == "nothing");
    CHECK(strict("清华") == "(清华)");
    CHECK(strict("水") == "(水)");
}

TEST_CASE("a long run of Han is taken apart into words, its pairs make partial matches", "[query]") {
    const Resolved result = resolved("中国和哈萨克斯坦签署合作协议");
    CHECK(contains(to_string(result.strict), "签署"));
    CHECK(contains(to_string(result.strict), "协议"));
    CHECK(contains(to_string(result.relaxed), "合作"));
}

TEST_CASE("excluded words are excluded in both readings and not lit", "[query]") {
    const Resolved result = resolved("dry port -river");
    CHECK(contains(to_string(result.strict), "NOT river"));
    CHECK(contains(to_string(result.relaxed), "NOT river"));
    for (const WantedUnit& unit : result.wanted.units)
        for (const WantedTerm& term : unit.terms) CHECK(term.forms.front() != "river");
}

TEST_CASE("fields ask for documents that have the value", "[query]") {
    CHECK(contains(strict("title:Bridge"), "title:bridge"));
    CHECK(contains(strict("author:\"Assel S\" port"), "author:Assel S"));
    CHECK(contains(strict("lang:RU port"), "lang:ru"));
    CHECK(contains(strict("date:2022-01..2023 port"), "date:2022-01..2023"));
    CHECK(contains(strict("date:2022"), "date:2022..2022"));
}

TEST_CASE("what is asked for in the boilerplate is lit there and not in the text", "[query]") {
    const Resolved result = resolved("port boilerplate:(export OR \"sign up\") -boilerplate:telegram");
    CHECK(contains(to_string(result.strict), "boilerplate:export|"));
    CHECK(contains(to_string(result.strict), "boilerplate:\"sign up\""));
    CHECK(contains(to_string(result.strict), "NOT boilerplate:telegram"));
    CHECK(strict("boilerplate:(dry NEAR/3 port)") == "(boilerplate:NEAR/3(dry port))");
    CHECK(result.wanted.units.size() == 1);
    CHECK(result.furniture.units.size() == 2);
}

TEST_CASE("an empty query asks for everything", "[query]") {
    CHECK(resolved("").everything);
    CHECK(resolved("  ").everything);
    CHECK(strict("").find("everything") != std::string::npos);
    CHECK(strict("!?…").find("everything") != std::string::npos);
}

TEST_CASE("a query of excluded words only finds all others", "[query]") {
    CHECK(contains(strict("-river"), "NOT river"));
    CHECK_FALSE(resolved("-river").everything);
}

TEST_CASE("what stands in printed quotes beside other words is required first, then only raises the score",
          "[query]") {
    CHECK(strict("«dry port»") == "(\"dry port\")");
    CHECK(relaxed("«dry port»") == "nothing");
    CHECK(contains(strict("where is «dry port»"), "AND \"dry port\""));
    CHECK(contains(relaxed("where is «dry port»"), " OR dry + "));
    CHECK(contains(relaxed("where is «dry port»"), "MAYBE \"dry port\""));
    CHECK_FALSE(contains(relaxed("where is \"dry port\""), " OR dry + "));
}

TEST_CASE("words that begin alike raise the score of what matches anyway", "[query]") {
    CHECK(contains(strict("exports"), "MAYBE 0.5*(expor*)"));
    CHECK_FALSE(contains(strict("port"), "0.5*("));
    CHECK_FALSE(contains(strict("20221"), "0.5*("));
}

TEST_CASE("a whole text is looked for by its words alone, not by what begins like them", "[query]") {
    std::string typed;
    for (int i = 0; i < 96; ++i) typed += "exports ";
    CHECK(contains(strict(typed), "0.5*(expor*)"));
    CHECK_FALSE(contains(strict(typed + "exports"), "0.5*(expor*)"));
}

TEST_CASE("a run of Han that touches digits or grammar is taken apart", "[query]") {
    CHECK(contains(strict("签署合作协议2022"), "ONLY(合作)"));
    CHECK(contains(strict("合作的 签署"), "ONLY(合作)"));
    CHECK(strict("合作的") == "(\"合作 作的\")");
}

TEST_CASE("a number and the characters that touch it are one phrase", "[query]") {
    CHECK(strict("3月27日") == "(\"3 月 27 日\")");
    CHECK(strict("第33届") == "(\"第 33 届\")");
    CHECK(contains(strict("2022年合作协议"), "\"2022 年\""));
    CHECK(contains(relaxed("2022年合作协议"), "0.5*(2022"));
    CHECK(contains(strict("33 届"), "33 + 0.25*33 AND 届"));
}
