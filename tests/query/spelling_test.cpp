// Misspelt queries against a real index.
#include <algorithm>

#include <catch2/catch.hpp>

#include "query/spelling.hpp"
#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

std::string repeated(const std::string& word, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += word + " ";
    return text;
}

const search::Searcher& searcher() {
    static const TempDir dir;
    static const auto started = [] {
        publish(
            dir.path(),
            {make_document(1, "Grain exports", "Exports of wheat and petroleum rise, exporters say."),
             make_document(2, "Порт", "Экономика страны и экономикой недовольны в порту.", "ru"),
             make_document(3, "Экономика", "Қазақстан экономикасының өсуі. Біз Тоқаев мырзаны көрдік.", "kk"),
             make_document(4, "Quotas", repeated("commodity", 120) + "in 1988"),
             make_document(5, "Slip", "a comodity of the harbor"),
             make_document(6, "Prizes", "the wheel and the crux"),
             make_document(7, "Ежи", "Кочегаром он и остался.", "ru"),
             make_document(8, "Garden", "Two hedgehogs in one box, not one hedgerow.")});
        return search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    }();
    return *started;
}

search::Reply ask(const std::string& text, bool typo = true) {
    search::Request request;
    request.text = text;
    request.typo = typo;
    return expect(searcher().search(request));
}

bool is_corrected(const search::Reply& reply) {
    return std::ranges::find(reply.expansions, "typo", &query::Expansion::why) != reply.expansions.end();
}

}  // namespace

TEST_CASE("a word the index lacks is looked for as the nearest one it has, and the answer says so",
          "[query]") {
    struct Row {
        const char *typed, *meant, *suggestion;
        std::size_t document;
    };
    const Row rows[] = {
        {"exprots", "exports", "exports", 1},
        {"petrolium", "petroleum", "petroleum", 1},
        {"Petrolium", "petroleum", "Petroleum", 1},
        {"экономекой", "экономикой", "экономикой", 2},
        {"экономикаасының", "экономикасының", "экономикасының", 3},
        {"қазақстн", "қазақстан", "қазақстан", 3},
        {"weat", "", "", 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        const search::Reply reply = ask(row.typed);
        CHECK(is_corrected(reply) == (row.document != 0));
        CHECK(reply.suggestion == row.suggestion);
        if (row.document == 0) continue;
        CHECK(std::ranges::count(ids_of(reply), hex_id(row.document)) == 1);
        CHECK(reply.expansions.front().also == std::vector<std::string>{row.meant});
    }
}

TEST_CASE("a corrected word is found in all its forms, and lit", "[query]") {
    const search::Reply reply = ask("exprots");

    REQUIRE(reply.total == 1);
    CHECK(reply.hits[0].title.marks.size() == 1);
    CHECK(reply.hits[0].snippet.marks.size() == 2);  // Exports and exporters
}

TEST_CASE("a misspelt word is found where the index has other forms of it only", "[query]") {
    CHECK(ids_of(ask("hedghog")) == std::vector<std::string>{hex_id(8)});
    CHECK(ask("hedghog").suggestion == "hedgehog");
    CHECK(ids_of(ask("кочагар")) == std::vector<std::string>{hex_id(7)});
}

TEST_CASE("a misspelt name is found in other spellings and scripts", "[query]") {
    for (const char* typed : {"Токаеф", "Tokayew", "Tokajev", "Тоқаевв"}) {
        CAPTURE(typed);
        CHECK(ids_of(ask(typed)) == Ids{hex_id(3)});
    }
}

TEST_CASE("numbers, short words and words that are nothing like any stay as they are", "[query]") {
    for (const char* typed : {"1989", "1988a", "weal", "zzqqzz", "crax", "习近瓶", "wxyztuv"}) {
        CAPTURE(typed);
        CHECK_FALSE(is_corrected(ask(typed)));
        CHECK(ask(typed).suggestion.empty());
    }
}

TEST_CASE("with typo=off nothing is corrected and nothing suggested", "[query]") {
    for (const char* typed : {"exprots", "comodity", "\"grain exprots\"", "=exprots"}) {
        CAPTURE(typed);
        CHECK_FALSE(is_corrected(ask(typed, false)));
        CHECK(ask(typed, false).suggestion.empty());
    }
    CHECK(ask("exprots", false).total == 0);
}

TEST_CASE("phrases, exact words, beginnings, alternatives and fields are suggested, never rewritten",
          "[query]") {
    struct Row {
        const char *typed, *suggestion;
    };
    const Row rows[] = {
        {"\"grain exprots\"", "\"grain exports\""},
        {"=exprots", "=exports"},
        {"exprots*", "exports*"},
        {"title:exprots", "title:exports"},
        {"petrolium OR exprots", "petroleum OR exports"},
        {"author:exprots", ""},
        {"lang:en =exprots", "lang:en =exports"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        const search::Reply reply = ask(row.typed);
        CHECK_FALSE(is_corrected(reply));
        CHECK(reply.suggestion == row.suggestion);
    }
}

TEST_CASE("a suggestion is the whole query with its syntax", "[query]") {
    CHECK(ask("exprots -wheal lang:en (quotas OR wheat)").suggestion ==
          "exports lang:en (quotas OR wheat) -wheal");
    CHECK(ask("Grain, exprots!").suggestion == "Grain, exports!");
}

TEST_CASE("a known word that is rare beside its neighbour is only asked about", "[query]") {
    const search::Reply reply = ask("comodity");

    CHECK(ids_of(reply) == Ids{hex_id(5)});
    CHECK_FALSE(is_corrected(reply));
    CHECK(reply.suggestion == "commodity");
    CHECK(ask("harbor").suggestion.empty());
}

TEST_CASE("no more than four words of a query are corrected", "[query]") {
    const search::Reply reply = ask("exprots petrolium commoditty экономекой қазақстн exportss");

    CHECK(std::ranges::count(reply.expansions, "typo", &query::Expansion::why) ==
          static_cast<std::ptrdiff_t>(query::most_corrections));
}

TEST_CASE("a word that is near, but not near enough, is only asked about", "[query]") {
    const search::Reply reply = ask("pheat petroleum");

    CHECK_FALSE(is_corrected(reply));
    CHECK(reply.suggestion == "wheat petroleum");
    CHECK(reply.total == 1);  // the best partial match
}

TEST_CASE("how near a word must be depends on its length, its beginning and what was typed wrong",
          "[query]") {
    struct Row {
        const char *typed, *meant;
        bool taken;
    };
    const Row rows[] = {
        {"whaet", "wheat", true},      {"weat", "wheat", false},      {"whaex", "wheat", false},
        {"exprrt", "exports", false},  {"exmort", "exports", false},  {"commddityx", "commodity", true},
        {"mxports", "exports", false}, {"wxports", "exports", true},  {"казақстан", "қазақстан", true},
        {"порд", "порт", false},       {"экспоррт", "экспорт", true}, {"токаеф", "токаев", true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        const auto distance = text::Neighbourhood(row.typed, 2).distance_to(row.meant);
        REQUIRE(distance);
        CHECK(query::is_taken_for(row.typed, row.meant, *distance) == row.taken);
    }
}
