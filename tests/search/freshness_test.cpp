// Newer documents first, gently, and only where it was asked for.
#include <algorithm>
#include <functional>

#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

index::Document story(std::size_t number, const std::string& date, const std::string& title = "Report",
                      const std::string& body = "The bridge opened beside the river.") {
    auto document = make_document(number, title, body);
    document.date.value = date;
    return document;
}

struct Served {
    TempDir dir;
    std::unique_ptr<Searcher> searcher;

    Served(const std::vector<index::Document>& documents, double freshness) {
        publish(dir.path(), documents);
        searcher = Searcher::start(dir.path());
        searcher->raise_new(freshness);
    }

    std::vector<Hit> hits(const std::string& text, std::uint32_t page = 1, std::uint32_t per_page = 10,
                          index::Fold fold = index::Fold::on) const {
        Request request;
        request.text = text;
        request.page = page;
        request.per_page = per_page;
        request.fold = fold;
        return expect(searcher->search(request)).hits;
    }
};

// 1 the oldest.
std::vector<index::Document> yearbook(std::size_t documents) {
    std::vector<index::Document> all;
    for (std::size_t number = 1; number <= documents; ++number)
        all.push_back(story(number, std::to_string(1900 + number) + "-05-01"));
    return all;
}

}  // namespace

TEST_CASE("of equal texts the newest comes first if asked for, and the order is as ever if not", "[fresh]") {
    const auto* query = GENERATE("bridge", "bridge river", "when did the bridge beside the river open");
    const std::vector<index::Document> stories{story(1, "2019-05-01"), story(2, "2021-05-01"), story(3, ""),
                                               story(4, "2020")};
    const Served plain(stories, 0), fresh(stories, 0.2);

    CHECK(ids_of(plain.hits(query)) == Ids{hex_id(1), hex_id(2), hex_id(3), hex_id(4)});
    CHECK(ids_of(fresh.hits(query)) == Ids{hex_id(2), hex_id(4), hex_id(1), hex_id(3)});
}

TEST_CASE("the newest is raised by that part of its score, one a year older by half of it, the undated not",
          "[fresh]") {
    const std::vector<index::Document> stories{story(1, "2021-05-01"), story(2, "2020-05-01"), story(3, ""),
                                               story(4, "1951")};
    const Served plain(stories, 0), fresh(stories, 0.4);
    const double score = plain.hits("bridge").front().score;

    const auto hits = fresh.hits("bridge");

    CHECK(hits[0].score == Approx(score * 1.4));
    CHECK(hits[1].score == Approx(score * 1.2).epsilon(0.001));
    CHECK(hits[2].score == Approx(score));
    CHECK(hits[3].score == Approx(score));
}

TEST_CASE("a much better match stays before a newer poor one", "[fresh]") {
    std::string other = "A long report of many things and of yet more things, which goes on and on. ";
    for (int i = 0; i < 4; ++i) other += other;
    const Served served({story(1, "1990-01-01", "The bridge opened"),
                         story(2, "2024-01-01", "Report", other + "There was a bridge.")},
                        GENERATE(0.0, 0.2, 1.0));

    CHECK(ids_of(served.hits("bridge")) == Ids{hex_id(1), hex_id(2)});
}

TEST_CASE("an index without dates ranks as ever", "[fresh]") {
    const std::vector<index::Document> stories{story(1, ""), story(2, "", "Bridge"), story(3, "")};

    CHECK(ids_of(Served(stories, 1).hits("bridge")) == ids_of(Served(stories, 0).hits("bridge")));
}

TEST_CASE("a date after the index was built makes no other old", "[fresh]") {
    const Served served({story(1, "2023-05-01"), story(2, "2025-05-01"), story(3, "2925-05-01")}, 0.2);

    const auto hits = served.hits("bridge");

    CHECK(ids_of(hits) == Ids{hex_id(3), hex_id(2), hex_id(1)});
    CHECK(hits[1].score > hits[2].score * 1.05);
}

TEST_CASE("pages show each of the raised once, and scores only fall", "[fresh]") {
    const Served served(yearbook(50), 0.3);
    const auto all = served.hits("bridge", 1, 50);

    Ids paged;
    for (std::uint32_t page = 1; page <= 8; ++page)
        for (const Hit& hit : served.hits("bridge", page, 7)) paged.push_back(hit.document.id);

    CHECK(paged == ids_of(all));
    CHECK(std::ranges::is_sorted(all, std::ranges::greater{}, &Hit::score));
}

TEST_CASE("an explanation has the rank and the score of the search", "[fresh]") {
    const Served served(yearbook(30), 0.3);
    Request request;
    request.text = "bridge river";
    const auto hits = served.hits(request.text, 1, 30);
    REQUIRE(hits.size() == 30);

    for (std::size_t i = 0; i < hits.size(); ++i) {
        const Explanation why = expect(served.searcher->explain(request, hits[i].document.id));
        CHECK(why.rank == i + 1);
        CHECK(why.score == Approx(hits[i].score));
    }
}

TEST_CASE("sorted by date, freshness changes nothing", "[fresh]") {
    const std::vector<index::Document> stories{story(1, "2019"), story(2, "", "Bridge"), story(3, "2021")};
    const Served served(stories, 1);
    Request request;
    request.text = "bridge";
    request.order = index::Order::oldest;

    CHECK(ids_of(expect(served.searcher->search(request)).hits) == Ids{hex_id(1), hex_id(3), hex_id(2)});
}

TEST_CASE("freshness may change while serving", "[fresh]") {
    const Served served({story(1, "2019"), story(2, "2021")}, 0);
    CHECK(ids_of(served.hits("bridge")).front() == hex_id(1));

    served.searcher->raise_new(0.1);
    CHECK(ids_of(served.hits("bridge")).front() == hex_id(2));
}
