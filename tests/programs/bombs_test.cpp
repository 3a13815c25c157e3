// The most telling of tests/soak/bombs.py: what they may not do, and what is said of them. What they cost is
// measured there.
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/served_index.hpp"
#include "support/temp_dir.hpp"

using namespace std::string_literals;
using izde::tests::ServedIndex;
using izde::tests::TempDir;
using Json = nlohmann::json;

namespace {

std::string times(std::size_t count, const std::string& piece) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
}

std::string post(const std::string& body) {
    return "POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
           "application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct Bomb {
    std::string text;
    std::string warning;  // part of one of them; empty: none is due
};

// Each allowed by its length.
std::vector<Bomb> bombs() {
    return {
        {times(1500, "oil "), "too many words"},
        {times(2700, "a."), "is too long and was cut"},
        {times(80, "a."), ""},
        {times(1000, "a- "), "too many words"},
        {times(1200, "(") + "oil" + times(1200, ")"), "nested too deeply"},
        {times(900, "(oil OR ") + "gas", "has no partner"},
        {times(8000, "("), "has no partner"},
        {times(1300, "NOT b "), "too many words"},
        {times(1900, "NOT "), "nothing to stand between"},
        {times(1500, "OR "), "nothing to stand between"},
        {"w*", "too few letters"},
        {"*", "There is no word"},
        {"*a*", "at the end of a word"},
        {times(2000, "?"), "There is no word"},
        {times(1500, "wo* "), "words end in a star"},
        {"\"" + times(1500, "oil ") + "\"", "is too long and was cut"},
        {times(900, "\"a b\" "), "too many words"},
        {"oil NEAR/99999 gas", "NEAR reaches 50"},
        {"oil NEAR/x gas", "has no number"},
        {times(40, "oil NEAR/5 ") + "gas", "NEAR joins 8"},
        {"\"oil (gas OR coal) -peat", "is never closed"},
        {times(2500, "\""), "There is no word"},
        {times(2500, "-"), "There is no word"},
        {"--oil", "was not understood"},
        {times(2500, "的"), "is too long and was cut"},
        {times(20, times(60, "新疆") + " "), "too many words"},
        {times(2000, "e\u0301"), "is too long and was cut"},
        {times(1300, "\u200d\u202e"), "There is no word"},
        {"title:", "has nothing directly behind it"},
        {"date:2022-13", "is not a date"},
        {"date:2023..2022", "ends before it begins"},
        {"27 March 2023", "date:2023-03-27"},
        {times(800, "date:2022 "), "more than 8 dates"},
        {"a\0b"s, ""},
        {"\uFEFFoil", ""},
        {"\xED\xA0\x80 oil \xFF\xFE \xE6\x96", ""},
    };
}

struct Served {
    TempDir source;
    ServedIndex index = [this] {
        std::ofstream(source.path() / "oil.txt")
            << "Oil and gas\n\nOil was found near the river, and gas as well.\n";
        std::ofstream(source.path() / "xinjiang.txt") << "新疆\n\n新疆的贸易在2022年增长了。\n";
        return ServedIndex(source.path());
    }();
};

}  // namespace

TEST_CASE("a query that is a bomb is answered, and what was cut or ignored is said", "[bombs]") {
    Served served;
    for (const Bomb& bomb : bombs()) {
        const auto response = served.index.send(
            post(Json{{"q", bomb.text}}.dump(-1, ' ', false, Json::error_handler_t::replace)));
        CAPTURE(bomb.text.substr(0, 60), response.body.substr(0, 300));
        REQUIRE(response.status == 200);
        const auto warnings = Json::parse(response.body)["query"]["warnings"];
        const auto tells = [&](const Json& warning) {
            return warning.get<std::string>().find(bomb.warning) != std::string::npos;
        };
        CHECK(std::ranges::any_of(warnings, tells) == !bomb.warning.empty());
    }
}

TEST_CASE("a query longer than any question is refused", "[bombs]") {
    Served served;
    for (const std::string& text :
         {times(1000, "a") + times(8000, " b"), times(30'000, "x"), times(3000, "新")}) {
        const auto response = served.index.send(post(Json{{"q", text}}.dump()));
        CHECK(response.status == 400);
        CHECK(Json::parse(response.body)["code"] == "query_too_long");
    }
    for (const std::size_t bytes : {9'000, 100'000, 1'000'000}) {
        const int status = served.index.get("/api/v1/search?q=" + std::string(bytes, 'a')).status;
        CHECK((status >= 400 && status < 500));
    }
}

TEST_CASE("no parameter, however odd, is more than a refusal", "[bombs]") {
    Served served;
    for (const std::string name : {"page", "per_page", "snippet"})
        for (const std::string value : {"-1", "2147483648", "4294967296", "9223372036854775808", "1e9",
                                        "%205", "+5", "0x10", "%00", "%FF"}) {
            CAPTURE(name, value);
            CHECK(served.index.get("/api/v1/search?q=oil&" + name + "=" + value).status == 400);
        }
    for (const std::string rest :
         {"q=oil&q=gas", "qq=oil", "q=oil&sort=worst", "q=oil&facets=colour", "q=oil&from=9999-99-99",
          "q=oil&page=65536&per_page=65536", "q=oil&page=101&per_page=100", "q=oil&from=2023&to=2022"}) {
        CAPTURE(rest);
        CHECK(served.index.get("/api/v1/search?"s + rest).status == 400);
    }
    for (const std::string& body :
         {times(60'000, "["), times(12'000, "{\"a\":"), R"({"q":{"a":"b"}})"s, ""s, "null"s}) {
        CAPTURE(body.substr(0, 20));
        CHECK(served.index.send(post(body)).status == 400);
    }
    CHECK(served.index.search("oil")["total"] == 1);
}
