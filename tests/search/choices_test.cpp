// What facets are counted of, where some of their values are chosen.
#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;
using index::Breakdown;
using Values = std::vector<index::FacetCount>;

namespace {

index::Document made(std::size_t n, const std::string& lang, const std::string& source, std::string date) {
    auto document = make_document(n, "Bridge " + std::to_string(n), "a bridge", lang);
    document.source = source;
    document.date = {std::move(date), index::Precision::day, "metadata", ""};
    return document;
}

// Two of Post in English, one in Russian; one of Wire in each.
const Searcher& searcher() {
    static const TempDir dir;
    static const auto live = [] {
        publish(dir.path(),
                {made(1, "en", "Post", "2021-03-01"), made(2, "en", "Post", "2022-03-01"),
                 made(3, "ru", "Post", "2022-04-01"), made(4, "en", "Wire", "2022-04-02"),
                 made(5, "ru", "Wire", "2023-05-01"), make_document(6, "Ferry", "a ferry", "kk")});
        return Searcher::start(dir.path());
    }();
    return *live;
}

Request request_for(std::vector<Breakdown> facets) {
    Request request;
    request.text = "bridge";
    request.facets = std::move(facets);
    request.counting = Counting::choices;
    return request;
}

std::uint64_t total_of(Request request) {
    return expect(searcher().search(request)).total;
}

}  // namespace

TEST_CASE(
    "of a facet that is chosen from, what else could be chosen is counted; of the others, what is found",
    "[search]") {
    auto request = request_for({Breakdown::lang, Breakdown::source, Breakdown::year});
    request.filters[index::Facet::lang] = {"en"};

    const Reply reply = expect(searcher().search(request));
    CHECK(reply.total == 3);
    CHECK(reply.facets[0].values == Values{{"en", 3}, {"ru", 2}});
    CHECK(reply.facets[1].values == Values{{"Post", 2}, {"Wire", 1}});
    CHECK(reply.facets[2].values == Values{{"2022", 2}, {"2021", 1}});

    request.counting = Counting::hits;
    CHECK(expect(searcher().search(request)).facets[0].values == Values{{"en", 3}});
}

TEST_CASE("several facets that are chosen from are each counted under the others", "[search]") {
    auto request = request_for({Breakdown::source, Breakdown::lang});
    request.filters[index::Facet::lang] = {"ru"};
    request.filters[index::Facet::source] = {"Wire"};

    const Reply reply = expect(searcher().search(request));
    CHECK(reply.total == 1);
    CHECK(reply.facets[0].values == Values{{"Post", 1}, {"Wire", 1}});
    CHECK(reply.facets[1].values == Values{{"en", 1}, {"ru", 1}});
}

TEST_CASE("a value adds as many hits as are counted beside it", "[search]") {
    auto request = request_for({Breakdown::lang});
    request.filters[index::Facet::lang] = {"en"};
    const auto before = total_of(request);
    const auto counts = expect(searcher().search(request)).facets[0].values;
    for (const auto& [value, count] : counts) {
        if (value == "en") continue;
        auto wider = request;
        wider.filters[index::Facet::lang].push_back(value);
        CHECK(total_of(wider) == before + count);
    }
    CHECK(counts.size() == 2);
}

TEST_CASE("years are counted whatever the dates, months of the years that the dates lie in", "[search]") {
    auto request = request_for({Breakdown::year, Breakdown::month, Breakdown::lang});
    request.dated = index::Dated{"2022-04", "2022-04", false};

    const Reply reply = expect(searcher().search(request));
    CHECK(reply.total == 2);
    CHECK(reply.facets[0].values == Values{{"2022", 3}, {"2021", 1}, {"2023", 1}});
    CHECK(reply.facets[1].values == Values{{"2022-04", 2}, {"2022-03", 1}});
    CHECK(reply.facets[2].values == Values{{"en", 1}, {"ru", 1}});
}

TEST_CASE("where nothing is chosen, both ways of counting are one", "[search]") {
    auto request = request_for({Breakdown::year, Breakdown::lang, Breakdown::source});
    const auto choices = expect(searcher().search(request)).facets;
    request.counting = Counting::hits;
    const auto hits = expect(searcher().search(request)).facets;
    REQUIRE(choices.size() == hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) CHECK(choices[i].values == hits[i].values);
}
