#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "query/typed_date.hpp"

using izde::query::date_in;
using izde::query::parse;
using izde::query::typed_date;

TEST_CASE("a full date is known however it is written", "[query]") {
    const std::vector<std::string> same_day{"2023-03-27",
                                            "2023.03.27",
                                            "2023/3/27",
                                            "27.03.2023",
                                            "27.3.2023",
                                            "27-03-2023",
                                            "27/03/2023",
                                            "3/27/2023",
                                            "2023年3月27日",
                                            "2023年3月27号",
                                            "March 27, 2023",
                                            "27 March 2023",
                                            "27th of March 2023",
                                            "Mar 27 2023",
                                            "MARCH 27TH, 2023",
                                            "27 марта 2023",
                                            "27 марта 2023 года",
                                            "27 Марта 2023",
                                            "27 März 2023",
                                            "27. März 2023",
                                            "27 mars 2023",
                                            "27 de marzo de 2023",
                                            "27 Mart 2023",
                                            "27 наурыз 2023",
                                            "2023 жылғы 27 наурыз",
                                            "what happened on 27 March 2023?"};
    for (const std::string& text : same_day) {
        CAPTURE(text);
        CHECK(date_in(text) == "2023-03-27");
    }
}

TEST_CASE("what is not surely one full date is none", "[query]") {
    for (const char* text :
         {"",           "27 марта",   "March 27",    "2023-03",          "2023",           "3/4/2023",
          "2023-02-30", "31.04.2023", "27.03.23",    "2023 3 27",        "12 34 5678",     "1.2.3.4",
          "10:30",      "may 5000",   "march on 27", "+7 727 123-45-67", "2023-2024-2025", "99999-03-27",
          "3月27日",    "2023年3月",  "27 foo 2023"}) {
        CAPTURE(text);
        CHECK_FALSE(date_in(text));
    }
}

TEST_CASE("a date is looked for in words and phrases, and not in fields or long texts", "[query]") {
    const auto in = [](const std::string& typed) { return typed_date(parse(typed).syntax).value_or(""); };
    CHECK(in("27 марта 2023") == "2023-03-27");
    CHECK(in("visit \"March 27, 2023\"") == "2023-03-27");
    CHECK(in("date:2023-03-27").empty());
    CHECK(in("visit -2023-03-27").empty());
    CHECK(in("one two three four five six seven eight 2023-03-27").empty());
}
