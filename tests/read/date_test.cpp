// Dates as documents declare them.
#include <catch2/catch.hpp>

#include "clip/date.hpp"

using izde::clip::read_date;
using izde::index::Precision;

namespace {

struct Row {
    const char* text;
    const char* value;
};

}  // namespace

TEST_CASE("a declared date is read in every usual form", "[read]") {
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

TEST_CASE("what is no date, or no possible one, has no value but keeps its text", "[read]") {
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

TEST_CASE("a date that could be two days keeps only its year", "[read]") {
    const auto date = read_date("01/02/2022", "metadata");

    CHECK(date.value == "2022");
    CHECK(date.precision == Precision::year);
}

TEST_CASE("a date says how precise it is and where it comes from", "[read]") {
    CHECK(read_date("2022", "url").precision == Precision::year);
    CHECK(read_date("2022-01", "url").precision == Precision::month);
    CHECK(read_date("2022-01-25", "url").precision == Precision::day);
    CHECK(read_date("2022-01-25", "url").source == "url");
    CHECK(read_date("", "url").text.empty());
}

TEST_CASE("hostile dates are read without harm", "[read]") {
    CHECK(read_date(std::string(1u << 20, '9'), "metadata").value.empty());
    CHECK(read_date(std::string(1u << 20, '-'), "metadata").text.size() <= 200);
    CHECK(read_date("99999999999999999999-01-01", "metadata").value.empty());
    CHECK(read_date("\xFF\xFE 2022", "metadata").value.empty());
}
