// Keys and ordinals of documents, one told by the other.
#include <cstdint>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/index/keys.hpp"

#include "index/matching/ordinals.hpp"

using namespace izde::index;
using namespace izde::index::matching;

namespace {

Ordinals of_keys(const std::vector<std::uint32_t>& keys) {
    Ordinals ordinals;
    for (const std::uint32_t key : keys) ordinals.add(key);
    ordinals.finish();
    return ordinals;
}

// Each one's distance from the one before is any of 1 to `most`.
std::vector<std::uint32_t> random_keys(std::uint32_t seed, std::uint32_t most) {
    std::mt19937 random(seed);
    std::vector<std::uint32_t> keys;
    std::uint32_t key = 0;
    for (int i = 0; i < 1000; ++i) keys.push_back(key += 1 + static_cast<std::uint32_t>(random() % most));
    return keys;
}

}  // namespace

TEST_CASE("documents as an index is first built are numbered without a hole", "[matching]") {
    std::vector<std::uint32_t> keys;
    for (std::size_t i = 0; i < 100; ++i) keys.push_back(first_key(i));
    const Ordinals ordinals = of_keys(keys);
    CHECK(ordinals.end() == 100);
    for (std::uint32_t i = 0; i < 100; ++i) {
        CHECK(ordinals.of(keys[i]) == i);
        CHECK(ordinals.key(i) == keys[i]);
    }
}

TEST_CASE("whatever the keys, ordinals ascend with them and lead back to them", "[matching]") {
    for (const std::uint32_t most : {1U, 2U, 4U, 9U, 1000U})
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            INFO("distances up to " << most << ", seed " << seed);
            const std::vector<std::uint32_t> keys = random_keys(seed, most);
            const Ordinals ordinals = of_keys(keys);
            CHECK(ordinals.end_of_keys() == keys.back() + 1);
            CHECK(ordinals.of(keys.back()) + 1 == ordinals.end());
            CHECK(ordinals.end() <= keys.size() * key_distance);
            for (std::size_t i = 0; i < keys.size(); ++i) {
                REQUIRE(ordinals.key(ordinals.of(keys[i])) == keys[i]);
                REQUIRE(ordinals.has(keys[i]));
                if (i > 0) REQUIRE(ordinals.of(keys[i]) > ordinals.of(keys[i - 1]));
            }
            for (std::uint32_t ordinal = 1; ordinal < ordinals.end(); ++ordinal)
                REQUIRE(ordinals.key(ordinal) > ordinals.key(ordinal - 1));
        }
}

TEST_CASE("a key that no document has is not taken for one far behind the last", "[matching]") {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const Ordinals ordinals = of_keys(random_keys(seed, 30));
        const auto places = ordinals.places(7);
        CHECK_FALSE(ordinals.has(ordinals.end_of_keys()));
        std::uint32_t last = 0;
        for (std::uint32_t key = 0; key < ordinals.end_of_keys(); ++key) {
            REQUIRE(ordinals.of(key) < ordinals.end() + Ordinals::slack);
            if (ordinals.has(key)) {
                REQUIRE((key == 0 || last == 0 || ordinals.of(key) > last));
                last = ordinals.of(key);
            }
            if (ordinals.of(key) >= 7) REQUIRE(places(key) == ordinals.of(key) - 7);
        }
        for (std::uint32_t ordinal = 0; ordinal < ordinals.end() + Bits::slack; ++ordinal)
            REQUIRE(ordinals.key(ordinal) <= ordinals.end_of_keys());
    }
}

TEST_CASE("an index of no documents has no ordinals", "[matching]") {
    const Ordinals ordinals = of_keys({});
    CHECK(ordinals.end() == 0);
    CHECK(ordinals.end_of_keys() == 0);
}
