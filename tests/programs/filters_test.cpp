// Filters, fields, orders and facets over HTTP, on documents that declare everything.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "support/served_index.hpp"

using namespace izde::tests;
using nlohmann::json;

namespace {

std::string docs() {
    const auto line = [](const char* id, const char* fields) {
        return std::string(R"({"id": ")") + id + R"(", "title": "Report )" + id +
               R"(", "body": "The bridge, part )" + id + R"(.", )" + fields + "}\n";
    };
    return line("a", R"("author": "Assel Omar, Ivan Petrov", "source": "Steppe Daily", "place": "Astana",
                        "lang": "en", "date": "2022-01-25")") +
           line(
               "b",
               R"("author": "IVAN PETROV", "source": "Öskemen Times", "place": "Öskemen", "lang": "en", "date": "2022-01")") +
           line(
               "c",
               R"("author": "Aigul", "source": "oskemen times", "place": "Almaty", "lang": "kk", "date": "2022")") +
           line("d", R"("source": "Steppe Daily", "place": "Astana", "lang": "en", "date": "2023-06-30")") +
           line("e", R"("lang": "ru")");
}

// JSON Lines: a line each, however it is written above.
std::string in_lines(std::string text) {
    for (std::size_t at = 0; (at = text.find("\n   ", at)) != std::string::npos;) text.erase(at, 1);
    return text;
}

struct Served {
    TempDir dir;
    ServedIndex index;

    Served() : index((dir.write("docs/news/all.jsonl", in_lines(docs())), dir.path() / "docs")) {}

    // The records found, in order.
    std::string ask(const std::string& query, const std::string& more = "") {
        std::string records;
        const json answer = index.search(query, more);
        for (const json& hit : answer["hits"]) records += hit["record"].get<std::string>();
        return records;
    }
    std::string sorted(const std::string& query, const std::string& more = "") {
        std::string records = ask(query, more);
        std::ranges::sort(records);
        return records;
    }
};

}  // namespace

TEST_CASE("each filter and each field finds what documents declare", "[programs]") {
    Served served;
    const std::vector<std::pair<std::string, std::string>> filters{
        {"", "abcde"},
        {"&lang=kk", "c"},
        {"&lang=EN", "abd"},
        {"&lang=kk&lang=ru", "ce"},
        {"&source=steppe+daily", "ad"},
        {"&source=" + url_encode("oskemen times"), "bc"},
        {"&author=ivan+petrov", "ab"},
        {"&author=Assel+Omar&author=Aigul", "ac"},
        {"&author=Ivan", ""},
        {"&place=astana&lang=en", "ad"},
        {"&place=Oskemen", "b"},
        {"&format=jsonl", "abcde"},
        {"&format=txt", ""},
        {"&from=2022-01&to=2022-01", "abc"},
        {"&from=2022-01-26", "bcd"},
        {"&from=2022-02", "cd"},
        {"&from=2023", "d"},
        {"&to=2022-01-25", "abc"},
        {"&to=2021", ""},
        {"&from=2023&undated=include", "de"},
        {"&undated=exclude", "abcd"},
        {"&source=Steppe+Daily&place=Astana&from=2023", "d"},
    };
    for (const auto& [filter, records] : filters) {
        INFO(filter);
        CHECK(served.sorted("bridge", filter) == records);
    }
    const std::vector<std::pair<std::string, std::string>> queries{
        {"title:report", "abcde"},
        {"title:bridge", ""},
        {"author:ivan", "ab"},
        {"author:\"ivan petrov\"", "ab"},
        {"author:(omar OR aigul)", "ac"},
        {"-author:petrov", "cde"},
        {"source:daily", "ad"},
        {"source:öskemen", "bc"},
        {"place:astana bridge", "ad"},
        {"lang:en -place:astana", "b"},
        {"format:jsonl", "abcde"},
        {"path:news", "abcde"},
        {"path:elsewhere", ""},
        {"date:2022", "abc"},
        {"date:2022-01", "abc"},
        {"date:2022-01-25", "abc"},
        {"date:2022-02", "c"},
        {"date:2022-01..2023-06", "abcd"},
        {"date:2022-06..", "cd"},
        {"date:..2022-01-01", "bc"},
        {"-date:2022", "de"},
    };
    for (const auto& [query, records] : queries) {
        INFO(query);
        CHECK(served.sorted(query) == records);
    }
}

TEST_CASE("newest and oldest leave the undated last, also of partial dates", "[programs]") {
    Served served;

    CHECK(served.ask("bridge", "&sort=newest") == "dabce");
    const std::string oldest = served.ask("bridge", "&sort=oldest");
    CHECK(oldest.substr(2) == "ade");
    CHECK(served.ask("", "").back() == 'e');
}

TEST_CASE("facets over HTTP say how many hits each value has", "[programs]") {
    Served served;

    const json answer = served.index.search("bridge", "&facets=lang,source,author,place,format,year,month");

    CHECK(answer["facets"] == json::parse(R"({
        "lang": [{"value": "en", "count": 3}, {"value": "kk", "count": 1}, {"value": "ru", "count": 1}],
        "source": [{"value": "Steppe Daily", "count": 2}, {"value": "oskemen times", "count": 2}],
        "author": [{"value": "IVAN PETROV", "count": 2}, {"value": "Aigul", "count": 1},
                   {"value": "Assel Omar", "count": 1}],
        "place": [{"value": "Astana", "count": 2}, {"value": "Almaty", "count": 1}, {"value": "Öskemen", "count": 1}],
        "format": [{"value": "jsonl", "count": 5}],
        "year": [{"value": "2022", "count": 3}, {"value": "2023", "count": 1}],
        "month": [{"value": "2022-01", "count": 2}, {"value": "2023-06", "count": 1}]})"));
    CHECK(served.index.search("bridge", "&facets=year&lang=kk")["facets"]["year"].size() == 1);
    CHECK(served.index.search("bridge")["facets"].empty());
}

TEST_CASE("a stored document says what it is like, one like no other has an empty list", "[programs]") {
    Served served;
    const std::string id = served.index.search("bridge").at("hits").at(0).at("id");

    const json shown = json::parse(served.index.get("/api/v1/documents/" + id).body);
    CHECK(shown["similar"] == 0);
    CHECK(shown["group"].is_null());
    for (const char* name : {"author_source", "place_source", "source_source"}) CHECK(shown.contains(name));
    const Response alike = served.index.get("/api/v1/documents/" + id + "/similar");
    CHECK(alike.status == 200);
    CHECK(json::parse(alike.body)["total"] == 0);
    CHECK(json::parse(alike.body)["hits"].empty());
    CHECK(served.index.get("/api/v1/documents/ffffffffffffffff/similar").status == 404);
    CHECK(served.index.get("/api/v1/search?facets=langs").status == 400);
}
