#include <algorithm>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "clip/counts.hpp"

using namespace izde;

namespace {

std::string bytes_of(const clip::Counts& counts) {
    std::string bytes;
    counts.write(bytes);
    return bytes;
}

std::vector<std::uint64_t> some_hashes(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> hashes(count);
    for (std::uint64_t& hash : hashes) hash = random();
    return hashes;
}

// How often each is counted: mostly once, some more often than four, eight or sixteen bits hold.
std::size_t times(std::size_t number, std::size_t most) {
    if (number % 5'000 == 7) return std::min<std::size_t>(most, 66'000);
    if (number % 100 == 3) return std::min<std::size_t>(most, 300);
    return number % 10 == 1 ? 17 : 1;
}

}  // namespace

TEST_CASE("counts are read as they were written, few of them and many, small and large", "[clip]") {
    for (const std::size_t things : {0u, 1u, 500u, 20'000u, 400'000u}) {
        CAPTURE(things);
        const auto hashes = some_hashes(things, 1);
        clip::Counts counts;
        for (std::size_t i = 0; i < things; ++i)
            for (std::size_t n = times(i, things > 50'000 ? 40 : 70'000); n > 0; --n)
                counts.change(hashes[i], true);
        const std::string written = bytes_of(counts) + "what follows";
        std::string_view bytes = written;
        auto read = clip::Counts::read(bytes);
        REQUIRE(read);
        CHECK(bytes == "what follows");
        CHECK(bytes_of(*read) + "what follows" == written);
        for (std::size_t i = 0; i < things; ++i)
            for (std::size_t n = times(i, things > 50'000 ? 40 : 70'000); n > 0; --n)
                read->change(hashes[i], false);
        CHECK(bytes_of(*read) == bytes_of(clip::Counts()));
    }
}

TEST_CASE("a table of few counts takes a few thousand bytes", "[clip]") {
    clip::Counts counts;
    for (const std::uint64_t hash : some_hashes(100, 2)) counts.change(hash, true);
    CHECK(bytes_of(counts).size() < 4'000);
}

TEST_CASE("what is cut short, or damaged, is read as counts or not at all", "[clip]") {
    clip::Counts counts;
    for (const std::uint64_t hash : some_hashes(100'000, 3)) counts.change(hash, true);
    const std::string whole = bytes_of(counts);
    std::mt19937 random(4);
    for (int i = 0; i < 60; ++i) {
        std::string_view cut = std::string_view(whole).substr(0, random() % whole.size());
        CHECK_FALSE(clip::Counts::read(cut));
        std::string damaged = whole;
        damaged[random() % damaged.size()] = static_cast<char>(random());
        std::string_view bytes = damaged;
        clip::Counts::read(bytes);
    }
}

TEST_CASE("no thing whose count has changed is missed", "[clip]") {
    const auto hashes = some_hashes(3'000, 5);
    clip::Counts before, after;
    for (const std::uint64_t hash : hashes) {
        before.change(hash, true);
        after.change(hash, true);
    }
    for (std::size_t i = 0; i < hashes.size(); i += 10) after.change(hashes[i], i % 20 == 0);
    clip::SlotChanges changes;
    CHECK_FALSE(changes.may_concern(hashes[0]));
    changes.add({before, after}, {before, after}, 0);
    std::size_t concerned = 0;
    for (const std::uint64_t hash : hashes) {
        if (before.of(hash) != after.of(hash)) CHECK(changes.may_concern(hash));
        concerned += changes.may_concern(hash) ? 1 : 0;
    }
    CHECK(concerned >= 300);
    CHECK(concerned < 500);
    clip::SlotChanges large;
    large.add({before, after}, {before, after}, 2);
    for (const std::uint64_t hash : hashes)
        if (before.of(hash) != after.of(hash) && std::max(before.of(hash), after.of(hash)) >= 2)
            CHECK(large.may_concern(hash));
}

TEST_CASE("no count goes farther than the drift says", "[clip]") {
    const auto hashes = some_hashes(20'000, 6);
    std::mt19937 random(7);
    clip::Counts before, after;
    for (const std::uint64_t hash : hashes) {
        const std::size_t was = random() % 8 == 0 ? random() % 200 : random() % 4;
        const std::size_t is = random() % 4 == 0 ? was + random() % 3 : was;
        for (std::size_t i = 0; i < was; ++i) before.change(hash, true);
        for (std::size_t i = 0; i < is; ++i) after.change(hash, true);
    }
    const clip::Drift up(before, after), down(after, before);
    for (const std::uint64_t hash : hashes)
        for (const std::uint16_t c : std::initializer_list<std::uint16_t>{0, 1, 2, 3, 16, 150, 1000}) {
            if (before.of(hash) <= c) CHECK(after.of(hash) <= up.at_most(c));
            if (before.of(hash) >= c) CHECK(after.of(hash) >= up.at_least(c));
            if (after.of(hash) <= c) CHECK(before.of(hash) <= down.at_most(c));
            if (after.of(hash) >= c) CHECK(before.of(hash) >= down.at_least(c));
        }
    CHECK(up.at_most(2) <= 6);
    CHECK(up.at_least(100) == 100);
    CHECK(down.at_least(100) < 100);
    CHECK(clip::Drift(before, before).at_most(2) == 2);
}
