// Dates as documents declare them, and as they stand in texts and names.
#include <catch2/catch.hpp>

#include "clip/date.hpp"
#include "clip/lines.hpp"

using izde::clip::date_in_name;
using izde::clip::find_dates;
using izde::clip::read_date;
using izde::index::Precision;

namespace {

struct Row {
    const char* text;
    const char* value;
};

}  // namespace

TEST_CASE("a declared date is read in every usual form", "[clip]") {
    const Row rows[] = {{"2022", "2022"},
                        {"2022-01", "2022-01"},
                        {"2022-1-5", "2022-01-05"},
                        {"2022-01-25", "2022-01-25"},
                        {" 2022-01-25 ", "2022-01-25"},
                        {"2022-01-25T10:00:00+06:00", "2022-01-25"},
                        {"2022-01-25T10:00:00.123Z", "2022-01-25"},
                        {"2022-01-25 10:00", "2022-01-25"},
                        {"2022/01/25", "2022-01-25"},
                        {"20220125", "2022-01-25"},
                        {"20220125T100000Z", "2022-01-25"},
                        {"Tue, 25 Jan 2022 10:00:00 GMT", "2022-01-25"},
                        {"Tue, 25 Jan 2022 10:00:00 +0600", "2022-01-25"},
                        {"25 January 2022", "2022-01-25"},
                        {"on 25 JANUARY 2022", "2022-01-25"},
                        {"25th of January, 2022", "2022-01-25"},
                        {"Tuesday, January 25, 2022", "2022-01-25"},
                        {"January 25th, 2022", "2022-01-25"},
                        {"Sept. 5, 2022", "2022-09-05"},
                        {"January 25, 2022 at 9:30 PM", "2022-01-25"},
                        {"January 2022", "2022-01"},
                        {"25-Jan-2022", "2022-01-25"},
                        {"25.01.2022", "2022-01-25"},
                        {"5.1.2022", "2022-01-05"},
                        {"25.01.2022 10:15", "2022-01-25"},
                        {"25/01/2022", "2022-01-25"},
                        {"01/25/2022", "2022-01-25"},
                        {"25 января 2022", "2022-01-25"},
                        {"25 января 2022 года", "2022-01-25"},
                        {"25 января 2022 г.", "2022-01-25"},
                        {"2022 жылғы 25 қаңтар", "2022-01-25"},
                        {"25 қаңтар 2022", "2022-01-25"},
                        {"2022年1月25日", "2022-01-25"},
                        {"2022年1月", "2022-01"},
                        {"2022 年 1 月 25 日 10:00", "2022-01-25"},
                        {"2024-02-29", "2024-02-29"}};

    for (const auto& [text, value] : rows) {
        CAPTURE(text);
        CHECK(read_date(text, "metadata").value == value);
    }
}

TEST_CASE("what is no date, or no possible one, has no value but keeps its text", "[clip]") {
    for (const char* text :
         {"2022-13-45", "2022-02-30",          "2023-02-29",         "31.04.2022", "45 January 2022",
          "0001-01-01", "9999-12-31",          "yesterday",          "25 January", "March 26",
          "1643108971", "2022-01-25x",         "2022-1234",          "12:30",      "2022 stars",
          "2022-00-10", "2022-01-00",          "version 1.2.2022.3", "二〇二二星", "--",
          "-5",         "2022-01-25 and later"}) {
        const auto date = read_date(text, "metadata");

        CAPTURE(text);
        CHECK(date.value.empty());
        CHECK(date.precision == Precision::none);
        CHECK(date.source.empty());
        CHECK(date.text == text);
    }
}

TEST_CASE("a date that could be two days keeps only its year", "[clip]") {
    const auto date = read_date("01/02/2022", "metadata");

    CHECK(date.value == "2022");
    CHECK(date.precision == Precision::year);
}

TEST_CASE("a date says how precise it is and where it comes from", "[clip]") {
    CHECK(read_date("2022", "url").precision == Precision::year);
    CHECK(read_date("2022-01", "url").precision == Precision::month);
    CHECK(read_date("2022-01-25", "url").precision == Precision::day);
    CHECK(read_date("2022-01-25", "url").source == "url");
    CHECK(read_date("", "url").text.empty());
}

TEST_CASE("hostile dates are read without harm", "[clip]") {
    CHECK(read_date(std::string(1u << 20, '9'), "metadata").value.empty());
    CHECK(read_date(std::string(1u << 20, '-'), "metadata").text.size() <= 200);
    CHECK(read_date("99999999999999999999-01-01", "metadata").value.empty());
    CHECK(read_date("\xFF\xFE 2022", "metadata").value.empty());
}

TEST_CASE("a declared date is read in every language that has rules", "[clip]") {
    const Row rows[] = {{"7 июня 2024", "2024-06-07"},
                        {"7 июня 2024 года, 14:35", "2024-06-07"},
                        {"пятница, 7 июня 2024 г., 14:35 (мск)", "2024-06-07"},
                        {"Июнь 2024", "2024-06"},
                        {"2024 жылғы 7 маусым", "2024-06-07"},
                        {"7 маусым 2024, 14:35", "2024-06-07"},
                        {"2024 ж. 7 маусым", "2024-06-07"},
                        {"2024年6月7日", "2024-06-07"},
                        {"2024年06月07日 14:35", "2024-06-07"},
                        {"2024年6月7日 星期五", "2024-06-07"},
                        {"二〇二四年六月七日", "2024-06-07"},
                        {"二〇二四年十二月二十五日", "2024-12-25"},
                        {"2024-06-07 14:35:10", "2024-06-07"},
                        {"7 Haziran 2024", "2024-06-07"},
                        {"7 Haziran 2024 Cuma, 14:35", "2024-06-07"},
                        {"07.06.2024 - 14:35", "2024-06-07"},
                        {"7. Juni 2024", "2024-06-07"},
                        {"Freitag, 7. Juni 2024, 14:35 Uhr", "2024-06-07"},
                        {"7. März 2024", "2024-03-07"},
                        {"7 juin 2024", "2024-06-07"},
                        {"7 de junio de 2024", "2024-06-07"},
                        {"Jun. 7, 2024, 2:35 p.m. EDT", "2024-06-07"}};

    for (const auto& [text, value] : rows) {
        CAPTURE(text);
        CHECK(read_date(text, "metadata").value == value);
    }
}

TEST_CASE("days are found where they stand in a text, with the time of day behind them", "[clip]") {
    struct Found {
        const char* text;
        const char* shown;  // the date's text
        const char* value;
        const char* rest;  // what follows it
    };
    const Found rows[] = {
        {"Published 7 June 2024 by the desk", "7 June 2024", "2024-06-07", "by the desk"},
        {"Published June 7, 2024 at 14:35 GMT | Economy", "June 7, 2024", "2024-06-07", "| Economy"},
        {"On March 26 council members met", "March 26", "", "council members met"},
        {"Опубликовано 07.06.2024 14:35, Экономика", "07.06.2024", "2024-06-07", ", Экономика"},
        {"Вчера, 7 июня, совет собрался", "7 июня", "", ", совет собрался"},
        {"Кеше, 7 маусымда, кеңес өтті", "7 маусымда", "", ", кеңес өтті"},
        {"Кеңес 2024 жылғы 7 маусым күні өтті", "2024 жылғы 7 маусым", "2024-06-07", "өтті"},
        {"会议于2024年6月7日在市政厅举行", "2024年6月7日", "2024-06-07", "在市政厅举行"},
        {"新华社北京6月7日电", "6月7日", "", "电"},
        {"Toplantı 7 Haziran 2024 günü yapıldı", "7 Haziran 2024", "2024-06-07", nullptr},
        {"Der Rat tagte am 7. Juni 2024 im Rathaus", "7. Juni 2024", "2024-06-07", "im Rathaus"}};

    for (const auto& [text, shown, value, rest] : rows) {
        CAPTURE(text);
        const auto found = find_dates(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].date.text == shown);
        CHECK(found[0].date.value == value);
        const std::string_view view = text;
        CHECK(view.substr(found[0].begin).starts_with(std::string_view(shown).substr(0, 1)));
        if (rest != nullptr) CHECK(izde::clip::trimmed(view.substr(found[0].end)) == rest);
    }
}

TEST_CASE("no day is found in what only looks like one", "[clip]") {
    for (const char* text : {"The troops march 26 miles a day", "You may 7 times fail", "In 2024 it rained",
                             "Im Juni 2024 regnete es", "45 January 2022", "Call 555-1234 now",
                             "Room 12.30 is free", "30 февраля 2024", "В 2024 году выросли цены", "6月的雨",
                             "The ratio is 3/4", "ISBN 978-3-16-148410-0"}) {
        CAPTURE(text);
        CHECK(find_dates(text).empty());
    }
}

TEST_CASE("the days of a text come in its order, no more than are asked for", "[clip]") {
    const char* text = "Created 2024-06-07, updated 8 June 2024, printed 09.06.2024.";
    const auto found = find_dates(text);
    REQUIRE(found.size() == 3);
    CHECK(found[0].date.value == "2024-06-07");
    CHECK(found[1].date.value == "2024-06-08");
    CHECK(found[2].date.value == "2024-06-09");
    CHECK(found[0].end <= found[1].begin);
    CHECK(found[1].end <= found[2].begin);
    CHECK(find_dates(text, 2).size() == 2);
}

TEST_CASE("a name or address holds a day in figures, year first", "[clip]") {
    const Row rows[] = {{"2022-01-25_bridge.txt", "2022-01-25"},
                        {"bridge-20220125.html", "2022-01-25"},
                        {"bridge_2022_01_25", "2022-01-25"},
                        {"2022.01.25 bridge.md", "2022-01-25"},
                        {"https://a.example/2022/01/25/bridge", "2022-01-25"},
                        {"https://a.example/news/2022-01-25-bridge.html?page=2", "2022-01-25"},
                        {"мост-2022-01-25.txt", "2022-01-25"},
                        {"2022-13-45.txt", ""},
                        {"05-01-2022.txt", ""},
                        {"https://a.example/2022/01/bridge", ""},
                        {"img-1643108971.jpg", ""},
                        {"12022012512.txt", ""},
                        {"bridge.txt", ""},
                        {"", ""}};

    for (const auto& [name, value] : rows) {
        CAPTURE(name);
        CHECK(date_in_name(name, "file-name").value == value);
    }
}
