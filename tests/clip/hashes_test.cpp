#include <algorithm>
#include <cstdint>
#include <random>

#include <catch2/catch.hpp>

#include "clip/hashes.hpp"

using izde::clip::sort_unique;

TEST_CASE("hashes are sorted and stand once, however they are spread", "[clip]") {
    const std::size_t count = GENERATE(0u, 1u, 63u, 64u, 65u, 5000u);
    const std::uint64_t kept_bits = GENERATE(~std::uint64_t{0}, 0xFFFu, std::uint64_t{0xF} << 60, 0u);
    std::mt19937_64 random(count);
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back(random() & kept_bits);
    auto wanted = hashes;
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    sort_unique(hashes);
    CHECK(hashes == wanted);
}
