#include <catch2/catch.hpp>

#include "query/keyboard.hpp"
#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::query;
using namespace izde::tests;

namespace {

const TempDir& index_folder() {
    static const TempDir dir;
    static const auto published =
        publish(dir.path(),
                {make_document(1, "Football", "Football in the city of Oral, 2022: a record."),
                 make_document(2, "Президент", "Президент Токаев: жизнь, экономика, съезд и объём.", "ru"),
                 make_document(3, "Қазақстан", "Қазақстан үкіметі Үрімжіге ұшты, өңір һәм ғылым.", "kk")});
    return dir;
}

std::string on_other(const std::string& typed) {
    static const index::Reader reader = open_live(index_folder().path());
    return on_other_layout(typed, {reader.vocabulary(), reader.languages()}).value_or("");
}

}  // namespace

TEST_CASE("words typed on another layout are told by their keys, letters on signs and digits included",
          "[query]") {
    struct Row {
        const char *typed, *meant;
    };
    const Row rows[] = {
        {"Njrftd", "Токаев"},
        {"njrftd ghtpbltyn", "токаев президент"},
        {";bpym", "жизнь"},
        {"'rjyjvbrf", "экономика"},
        {"c]tpl", "съезд"},
        {"j,]`v", "объём"},
        {"\"Njrftd\"", "\"Токаев\""},
        {"njrftd, 2022", "токаев, 2022"},
        {"0fpf0cnfy", "қазақстан"},
        {")fpf0cnfy", "Қазақстан"},
        {"8rsvtns", ""},
        {"8r3vtn3", "үкіметі"},
        {"0аза0стан", "қазақстан"},
        {"ащщеифдд", "football"},
        {"Ащщеифдд кусщкв", "Football record"},
        {"football njrftd", "football токаев"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(on_other(row.typed) == row.meant);
    }
}

TEST_CASE("what the index knows as typed, or knows on no layout, is no slip", "[query]") {
    for (const char* typed : {"", " ", "football", "Токаев", "2022", "Njrftd zzzzz", "qwerty", "in", "d",
                              "1988x", "\xD0\xBF", "[[[", "习近平", "njrftd ащщеиф"})
        CHECK(on_other(typed).empty());
    CHECK(on_other(std::string(100'000, 'q')).empty());
}

TEST_CASE("a layout slip is suggested and never looked for unasked", "[query]") {
    const auto searcher = search::Searcher::start(index_folder().path());
    search::Request request;
    request.text = "Njrftd";
    const auto reply = expect(searcher->search(request));

    CHECK(reply.suggestion == "Токаев");
    CHECK(reply.total == 0);
    CHECK(reply.expansions.empty());

    request.typo = false;
    CHECK(expect(searcher->search(request)).suggestion.empty());
}
