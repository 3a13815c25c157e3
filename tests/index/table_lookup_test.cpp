// Entries of a table found one by one are those that it has, and damage is noticed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "index/glass/codes.hpp"
#include "index/glass/damaged.hpp"
#include "index/glass/table.hpp"
#include "index/glass/table_lookup.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

namespace fs = std::filesystem;

std::string key_of(std::uint32_t number) {
    std::string key;
    glass::put_ascending(key, number);
    return key;
}

std::string noise(std::size_t bytes, std::mt19937& random) {
    std::string text(bytes, '\0');
    for (char& byte : text) byte = static_cast<char>(random());
    return text;
}

using Entries = std::map<std::string, std::string>;

Entries made_entries(std::size_t count) {
    std::mt19937 random(3);
    Entries entries;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t longest = i % 50 == 0 ? 300'000 : i % 7 == 0 ? 9000 : 300;
        entries[key_of(static_cast<std::uint32_t>(4 * i + 4))] = noise(random() % longest, random);
    }
    return entries;
}

void write(const Entries& entries, const fs::path& file) {
    glass::TableWriter writer(file);
    for (const auto& [key, tag] : entries) writer.add(key, tag);
    writer.finish();
}

}  // namespace

TEST_CASE("any part of any entry is read as it was written, in any order", "[lookup]") {
    const TempDir dir;
    const Entries entries = made_entries(GENERATE(1, 3, 60, 3000));
    const fs::path file = dir.path() / "table";
    write(entries, file);
    glass::TableLookup lookup(file);
    std::mt19937 random(5);
    for (const auto& [key, tag] : entries) {
        REQUIRE(lookup.find(key));
        REQUIRE(lookup.read(0, std::string::npos) == tag);
    }
    for (int round = 0; round < 2000; ++round) {
        const auto entry = std::next(entries.begin(), static_cast<std::ptrdiff_t>(random() % entries.size()));
        const auto& [key, tag] = *entry;
        REQUIRE(lookup.find(key));
        for (int part = 0; part < 3; ++part) {
            const std::size_t from = random() % (tag.size() + 1), bytes = random() % 20'000;
            REQUIRE(lookup.read(from, bytes) == tag.substr(from, bytes));
        }
        REQUIRE(lookup.read(tag.size(), 10).empty());
    }
}

TEST_CASE("what a table does not have is not found", "[lookup]") {
    const TempDir dir;
    const Entries entries = made_entries(200);
    write(entries, dir.path() / "table");
    glass::TableLookup lookup(dir.path() / "table"), none(dir.path() / "none");
    for (std::uint32_t number = 1; number < 900; ++number)
        if (!entries.contains(key_of(number))) CHECK_FALSE(lookup.find(key_of(number)));
    CHECK_FALSE(none.find(key_of(4)));
}

TEST_CASE("a damaged table is found damaged, or lacks an entry, or has other bytes in one", "[lookup]") {
    const TempDir dir;
    const fs::path file = dir.path() / "table";
    const Entries entries = made_entries(400);
    write(entries, file);
    std::string sound(fs::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(sound.data(), static_cast<std::streamsize>(sound.size()));
    std::mt19937 random(11);
    std::size_t noticed = 0;
    for (int round = 0; round < 150; ++round) {
        std::string bytes = sound;
        // Mostly where it hurts: heads and directories of blocks, the root's above all.
        for (int flips = 0; flips < 20; ++flips) {
            const std::size_t block =
                flips % 2 == 0 ? bytes.size() / 8192 - 1 : random() % (bytes.size() / 8192);
            bytes[block * 8192 + random() % (flips % 4 == 0 ? 8192 : 64)] = static_cast<char>(random());
        }
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
        try {
            glass::TableLookup lookup(file);
            for (const auto& [key, tag] : entries)
                noticed += !lookup.find(key) || lookup.read(0, std::string::npos) != tag ? 1 : 0;
        } catch (const glass::Damaged&) {
            ++noticed;
        }
    }
    CHECK(noticed > 100);
}
