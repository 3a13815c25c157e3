#include <array>

#include <catch2/catch.hpp>

#include "izde/dates.hpp"

#include "http/params.hpp"

using namespace std::string_literals;
using izde::is_date;
using izde::http::decode_form;
using izde::http::Params;
using izde::http::Problem;
using izde::http::search_request;
namespace search = izde::search;

namespace {

search::Request accepted(std::string_view query) {
    const auto result = search_request(decode_form(query));
    if (const auto* problem = std::get_if<Problem>(&result)) FAIL(problem->detail);
    return std::get<search::Request>(result);
}

Problem refused(std::string_view query) {
    const auto result = search_request(decode_form(query));
    REQUIRE(std::holds_alternative<Problem>(result));
    CHECK(std::get<Problem>(result).status == 400);
    return std::get<Problem>(result);
}

}  // namespace

TEST_CASE("names and values are decoded in order, repeats kept", "[http][params]") {
    CHECK(decode_form("a=1&b=x+y%20z&a=&=v&c&&%C3%A4=%zz%4") ==
          Params{{"a", "1"}, {"b", "x y z"}, {"a", ""}, {"", "v"}, {"c", ""}, {"ä", "%zz%4"}});
    CHECK(decode_form("").empty());
    CHECK(decode_form("q=%00%FF") == Params{{"q", "\0\xff"s}});
}

TEST_CASE("without parameters everything is asked for", "[http][params]") {
    const auto request = accepted("");

    CHECK(request.text.empty());
    CHECK(request.page == 1);
    CHECK(request.per_page == 10);
    CHECK(request.order == izde::index::Order::relevance);
    CHECK(request.filters.empty());
    CHECK_FALSE(request.dated);
    CHECK(request.snippet_width == 200);
    CHECK(request.typo);
}

TEST_CASE("every parameter arrives where it belongs", "[http][params]") {
    const auto request = accepted(
        "q=%D0%BC%D3%99%D0%B4%D0%B5%D0%BD%D0%B8%D0%B5%D1%82&page=3&per_page=25&sort=newest&lang=kk&lang=ru"
        "&author=Saule,+Aigul&from=2022&to=2023-02-28&undated=include&snippet=0"
        "&variants=on&typo=off&collapse=on&format=txt&place=Oral&source=Daily");

    CHECK(request.text == "мәдениет");
    CHECK(request.page == 3);
    CHECK(request.per_page == 25);
    CHECK(request.order == izde::index::Order::newest);
    CHECK(request.filters.at(izde::index::Facet::lang) == std::vector<std::string>{"kk", "ru"});
    CHECK(request.filters.at(izde::index::Facet::author) == std::vector<std::string>{"Saule, Aigul"});
    CHECK(request.filters.size() == 5);
    REQUIRE(request.dated);
    CHECK(request.dated->from == "2022");
    CHECK(request.dated->to == "2023-02-28");
    CHECK(request.dated->undated);
    CHECK(request.snippet_width == 0);
    CHECK_FALSE(request.typo);
}

TEST_CASE("documents without a date are left out only when dates are asked for", "[http][params]") {
    CHECK_FALSE(accepted("from=2020").dated->undated);
    CHECK(accepted("to=2020&undated=include").dated->undated);
    CHECK_FALSE(accepted("undated=include").dated);
    CHECK(accepted("undated=exclude").dated);
}

TEST_CASE("the empty fields of an HTML form count as not given", "[http][params]") {
    const auto request = accepted("q=&page=&sort=&lang=&from=&to=&snippet=");

    CHECK(request.page == 1);
    CHECK(request.filters.empty());
    CHECK_FALSE(request.dated);
}

TEST_CASE("an unknown parameter is refused and the nearest known one is named", "[http][params]") {
    const auto misspelt = refused("q=a&perpage=5");
    const auto far = refused("zzzzzzzzzz=lang");

    CHECK(misspelt.code == "unknown_parameter");
    CHECK(misspelt.param == "perpage");
    CHECK(misspelt.hint == "did you mean 'per_page'?");
    CHECK(far.param == "zzzzzzzzzz");
    CHECK(far.hint.starts_with("known are: q, page, per_page"));
    CHECK(refused("Q=a").hint == "known are: " + refused("zzzzzzzzzz=").hint.substr(11));
    CHECK(refused("=a").code == "unknown_parameter");
}

TEST_CASE("a malformed value is refused with what it must be", "[http][params]") {
    const auto* query = GENERATE("page=0", "page=-1", "page=1.5", "page=x", "page=99999999999", "page=1+",
                                 "per_page=0", "per_page=101", "sort=date", "from=22", "from=2023-02-29",
                                 "to=2022-13", "to=2022-1", "from=2022/01/01", "from=0000", "undated=yes",
                                 "variants=true", "typo=1", "collapse=", "snippet=1001", "snippet=-5",
                                 "from=2023&to=2022", "from=2022-05-02&to=2022-05-01");
    if (std::string_view(query).ends_with('=')) return;

    const auto problem = refused(query);

    CHECK(problem.code == "bad_parameter");
    CHECK(problem.param == std::string(query).substr(0, std::string(query).find('=')));
    CHECK(problem.detail.find(" must be ") != std::string::npos);
}

TEST_CASE("a misspelt choice is refused with the nearest one", "[http][params]") {
    CHECK(refused("sort=newst").hint == "did you mean 'newest'?");
    CHECK(refused("undated=inclde").hint == "did you mean 'include'?");
}

TEST_CASE("a parameter that has one value may come once", "[http][params]") {
    CHECK(refused("q=a&q=a").code == "repeated_parameter");
    CHECK(refused("page=1&q=a&page=2").param == "page");
    std::string many;
    for (int i = 0; i < 101; ++i) many += "lang=kk&";
    CHECK(refused(many).code == "repeated_parameter");
}

TEST_CASE("pages end where hits can no longer be reached", "[http][params]") {
    CHECK(accepted("page=100&per_page=100").page == 100);
    CHECK(accepted("page=10000&per_page=1").page == 10'000);
    CHECK(refused("page=101&per_page=100").code == "too_deep");
    CHECK(refused("page=1001").code == "too_deep");
}

TEST_CASE("a query that is too long is refused, a broken one repaired", "[http][params]") {
    CHECK(accepted("q=" + std::string(8192, 'a')).text.size() == 8192);
    CHECK(refused("q=" + std::string(8193, 'a')).code == "query_too_long");
    CHECK(accepted("q=a%FFb%00c").text == "a\xef\xbf\xbd"
                                          "bc");
    CHECK(accepted("lang=%C3").filters.at(izde::index::Facet::lang).front() == "\xef\xbf\xbd");
}

TEST_CASE("only days of the calendar are dates", "[http][params]") {
    CHECK(is_date("2024-02-29"));
    CHECK(is_date("2024-12"));
    CHECK(is_date("0001"));
    for (const auto* text : {"2023-02-29", "2024-00", "2024-04-31", "24", "2024-1-01", "2024-01-1", "202a",
                             "+202", "-001", "2024-+1", "2024 01", "2024-01-01T", "٢٠٢٤"}) {
        CAPTURE(text);
        CHECK_FALSE(is_date(text));
    }
}

TEST_CASE("facets are counted of the hits unless the choices are asked for", "[http][params]") {
    CHECK(accepted("facets=lang").counting == izde::search::Counting::hits);
    CHECK(accepted("facet_counts=hits").counting == izde::search::Counting::hits);
    CHECK(accepted("facet_counts=choices").counting == izde::search::Counting::choices);
    CHECK(refused("facet_counts=choice").hint.find("choices") != std::string::npos);
}

TEST_CASE("facets are a list, each once, and an unknown one names the nearest", "[http][params]") {
    using izde::index::Breakdown;
    using List = std::vector<Breakdown>;

    CHECK(accepted("").facets.empty());
    CHECK(accepted("facets=").facets.empty());
    CHECK(accepted("facets=month,,+lang,month&facets=year").facets ==
          List{Breakdown::month, Breakdown::lang, Breakdown::year});
    CHECK(accepted("facets=lang,source,author,place,format,year,month").facets.size() == 7);
    const auto misspelt = refused("facets=lang,yaer");
    CHECK(misspelt.code == "bad_parameter");
    CHECK(misspelt.param == "facets");
    CHECK(misspelt.hint == "did you mean 'year'?");
    CHECK(refused("facets=path").detail.find("one of: lang, source, author") != std::string::npos);
}

TEST_CASE("near-duplicates are folded unless collapse is off", "[http][params]") {
    using izde::index::Fold;

    CHECK(accepted("").fold == Fold::on);
    CHECK(accepted("collapse=on").fold == Fold::on);
    CHECK(accepted("collapse=off").fold == Fold::off);
}

TEST_CASE("an explanation takes the id of a document and what a search takes", "[http][params]") {
    using izde::http::AboutOne;
    using izde::http::explain_request;
    const auto ask = [](std::string_view query) { return explain_request(decode_form(query)); };

    const auto wanted = ask("q=bridge&id=00000000000000aa&lang=kk&from=2022&variants=off");
    REQUIRE(std::holds_alternative<AboutOne>(wanted));
    CHECK(std::get<AboutOne>(wanted).id == "00000000000000aa");
    CHECK(std::get<AboutOne>(wanted).request.text == "bridge");
    CHECK(std::get<AboutOne>(wanted).request.filters.size() == 1);
    CHECK_FALSE(std::get<AboutOne>(wanted).request.variants);

    struct Row {
        std::string_view query, code, param;
    };
    for (const auto& [query, code, param] :
         std::to_array<Row>({{"q=a", "missing_parameter", "id"},
                             {"q=a&id=", "missing_parameter", "id"},
                             {"q=a&id=1&id=2", "repeated_parameter", "id"},
                             {"q=a&idd=1", "unknown_parameter", "idd"},
                             {"q=a&id=1&from=x", "bad_parameter", "from"}})) {
        CAPTURE(query);
        const auto refused = ask(query);
        REQUIRE(std::holds_alternative<Problem>(refused));
        CHECK(std::get<Problem>(refused).code == code);
        CHECK(std::get<Problem>(refused).param == param);
    }
    CHECK(std::get<Problem>(ask("idd=1")).hint == "did you mean 'id'?");
    CHECK(std::get<Problem>(ask("id=1&langg=en")).hint == "did you mean 'lang'?");
}
