// Which parts of a long text are worth reading is told by positions alone.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "search/passages.hpp"

using namespace izde;
using namespace izde::search;

namespace {

// Ten milestones, a thousand bytes and two hundred positions apart.
index::Pieces made_pieces() {
    index::Pieces pieces;
    for (std::uint32_t i = 0; i < 10; ++i) pieces.milestones.push_back({i * 1000, 101 + i * 200});
    return pieces;
}

std::vector<Passage> found(const std::vector<Standing>& all, std::size_t most = 3) {
    return find_passages(all, made_pieces(), 10'000, 200, most);
}

}  // namespace

TEST_CASE("the passage with the most weight comes first, then the closest, then the earliest", "[passages]") {
    const auto both = found({{{110, 900, 1705}, 1000}, {{300, 905, 1740}, 1000}});
    REQUIRE(both.size() == 3);
    CHECK(both[0].weight == 2000);
    CHECK(both[0].first == 3);
    CHECK(both[1].first == 8);
    CHECK(both[2].weight == 1000);
    CHECK(both[2].first == 0);
}

TEST_CASE("a rare word weighs more than a common one that stands everywhere", "[passages]") {
    std::vector<std::uint32_t> everywhere;
    for (std::uint32_t at = 101; at < 2000; at += 3) everywhere.push_back(at);
    const auto passages = found({{everywhere, 100}, {{1503}, 5000}});
    REQUIRE_FALSE(passages.empty());
    CHECK(passages.front().weight == 5100);
    CHECK(passages.front().first <= 7);
    CHECK(passages.front().last == 7);
}

TEST_CASE("a passage may lie across milestones, and behind the last one", "[passages]") {
    const auto across = found({{{498}, 1}, {{503}, 1}});
    REQUIRE_FALSE(across.empty());
    CHECK(across.front().first == 1);
    CHECK(across.front().last == 2);

    const auto behind = found({{{5000}, 1}});
    REQUIRE(behind.size() == 1);
    CHECK(behind.front().first == 9);
}

TEST_CASE("where nothing stands no passage is found, and no more than are asked for", "[passages]") {
    CHECK(found({}).empty());
    CHECK(found({{{}, 1}, {{}, 2}}).empty());
    CHECK(found({{{110, 310, 510, 710, 910}, 1}}, 2).size() == 2);
}
