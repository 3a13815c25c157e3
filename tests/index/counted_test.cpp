// What a manifest counts is bounded, whatever documents say of themselves.
#include <numeric>
#include <string>

#include <catch2/catch.hpp>

#include "index/counted.hpp"

using namespace izde::index;

namespace {

Document of_source(const std::string& source) {
    Document document;
    document.source = source;
    return document;
}

std::uint64_t sum(const Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t all, const auto& one) { return all + one.second; });
}

}  // namespace

TEST_CASE("of very many sources some are named, and the documents of all are counted", "[index]") {
    constexpr std::size_t beyond = 500;
    Manifest manifest;
    for (std::size_t number = 0; number < most_sources + beyond; ++number)
        count_in(manifest, of_source("source " + std::to_string(number)));
    count_in(manifest, of_source("source 0"));

    CHECK(manifest.by_source.size() == most_sources + 1);
    CHECK(manifest.by_source["source 0"] == 2);
    CHECK(manifest.by_source[other_sources] == beyond);
    CHECK(sum(manifest.by_source) == manifest.documents);
}

TEST_CASE("documents that are taken out again leave no source counted", "[index]") {
    constexpr std::size_t all = most_sources + 500;
    Manifest manifest;
    for (std::size_t number = 0; number < all; ++number)
        count_in(manifest, of_source("source " + std::to_string(number)));
    for (std::size_t number = 0; number < all; ++number) {
        count_out(manifest, of_source("source " + std::to_string(number)));
        if (number % 1000 == 0) CHECK(sum(manifest.by_source) == manifest.documents);
    }
    CHECK(manifest.by_source.empty());
}

TEST_CASE("a long name of a source is cut between characters", "[index]") {
    std::string name = "x";
    for (int i = 0; i < 1000; ++i) name += "Қ";
    Manifest manifest;
    count_in(manifest, of_source(name));
    REQUIRE(manifest.by_source.size() == 1);
    CHECK(manifest.by_source.begin()->first == name.substr(0, 199));
    count_out(manifest, of_source(name));
    CHECK(manifest.by_source.empty());
}
