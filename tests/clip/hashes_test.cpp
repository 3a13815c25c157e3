#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "clip/hashes.hpp"

using izde::clip::keep_once;

TEST_CASE("hashes stand once, however they are spread", "[clip]") {
    const std::size_t count = GENERATE(0u, 1u, 63u, 64u, 65u, 5000u);
    const std::uint64_t kept_bits =
        GENERATE(~std::uint64_t{0}, 0xFFFu, std::uint64_t{0xF} << 60, std::uint64_t{0xFFF} << 40, 0u);
    std::mt19937_64 random(count);
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back(random() & kept_bits);
    auto wanted = hashes;
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    keep_once(hashes);
    std::ranges::sort(hashes);
    CHECK(hashes == wanted);
}
