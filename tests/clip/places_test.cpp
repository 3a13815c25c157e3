// Lists of the report that are longer than memory, and why a document is gone.
#include <catch2/catch.hpp>

#include "places.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::tests;
using indexer::Place;
using indexer::Places;

namespace {

Place place(std::size_t number) {
    return {"docs", "folder/" + std::to_string(number) + ".txt", "", "reason " + std::to_string(number % 7)};
}

std::size_t in_order(const Places& places) {
    std::size_t number = 0;
    places.each([&](const Place& one) {
        if (one.path != place(number).path || one.reason != place(number).reason) return false;
        ++number;
        return true;
    });
    return number;
}

}  // namespace

TEST_CASE("a list of any length comes back in order, leaves no file, and copies are independent",
          "[places]") {
    const TempDir dir;
    Places places;
    places.keep_in(dir.path());
    for (std::size_t i = 0; i < 20'000; ++i) places.add(place(i));
    Places copy = places;
    for (std::size_t i = 20'000; i < 40'000; ++i) places.add(place(i));
    copy.add(place(20'000));
    CHECK(std::filesystem::is_empty(dir.path()));
    CHECK(places.size() == 40'000);
    CHECK(in_order(places) == 40'000);
    CHECK(copy.size() == 20'001);
    CHECK(in_order(copy) == 20'001);
    CHECK(places.first()->path == place(0).path);
    CHECK(places.lost() == 0);
}

TEST_CASE("what the disk has no room for is counted", "[places]") {
    const TempDir dir;
    Places places;
    places.keep_in(dir.path() / "nowhere");
    for (std::size_t i = 0; i < 20'000; ++i) places.add(place(i));
    std::size_t listed = 0;
    places.each([&](const Place&) { return ++listed, true; });
    CHECK(places.size() == 20'000);
    CHECK(places.lost() > 0);
    CHECK(listed + places.lost() == 20'000);
}

TEST_CASE("what is gone has the reason of its file, or of the nearest folder that was skipped", "[places]") {
    Places skipped;
    skipped.add({"docs", "a/b", "", "permission denied"});
    skipped.add({"docs", "a/b/c.txt", "", "too large"});
    skipped.add({"other", ".", "", "Input/output error"});
    const indexer::Reasons reasons(skipped);
    CHECK(reasons.of("docs", "a/b/c.txt", "not found") == "too large");
    CHECK(reasons.of("docs", "a/b/d/e.txt", "not found") == "permission denied");
    CHECK(reasons.of("docs", "a/bc.txt", "not found") == "not found");
    CHECK(reasons.of("docs", "a", "not found") == "not found");
    CHECK(reasons.of("other", "deep/down.txt", "not found") == "Input/output error");
}
