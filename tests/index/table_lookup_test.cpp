// Entries of a table found one by one are those that it has, and damage is noticed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

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

std::string bytes_of(const fs::path& file) {
    std::string bytes(fs::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

}  // namespace

TEST_CASE("any part of any entry is read as it was written, in any order", "[lookup]") {
    const TempDir dir;
    const Entries entries = made_entries(GENERATE(1, 3, 60, 3000));
    const fs::path file = dir.path() / "table";
    write(entries, file);
    const glass::MappedTable table(file);
    glass::TableLookup lookup(table);
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
    const glass::MappedTable table(dir.path() / "table"), missing(dir.path() / "none");
    glass::TableLookup lookup(table), none(missing);
    for (std::uint32_t number = 1; number < 900; ++number)
        if (!entries.contains(key_of(number))) CHECK_FALSE(lookup.find(key_of(number)));
    CHECK_FALSE(none.find(key_of(4)));
}

TEST_CASE("what stands in one part of an entry is read where it lies in the table", "[lookup]") {
    const TempDir dir;
    write({{key_of(4), std::string(1000, 'a')}, {key_of(8), std::string(100'000, 'b')}},
          dir.path() / "table");
    const std::string bytes = bytes_of(dir.path() / "table");
    const glass::MappedTable table{std::string_view(bytes)};
    glass::TableLookup lookup(table);
    const auto lies_in_table = [&](std::string_view read) {
        return read.data() >= bytes.data() && read.data() + read.size() <= bytes.data() + bytes.size();
    };
    REQUIRE(lookup.find(key_of(4)));
    CHECK(lies_in_table(lookup.read(0, std::string::npos)));
    CHECK(lies_in_table(lookup.read(500, 100)));
    REQUIRE(lookup.find(key_of(8)));
    CHECK(lies_in_table(lookup.read(0, 100)));
    CHECK_FALSE(lies_in_table(lookup.read(0, 10'000)));
}

TEST_CASE("a damaged table is found damaged, or lacks an entry, or has other bytes in one", "[lookup]") {
    const TempDir dir;
    const fs::path file = dir.path() / "table";
    const Entries entries = made_entries(400);
    write(entries, file);
    const std::string sound = bytes_of(file);
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
        if (round % 10 == 0) bytes.resize(random() % bytes.size());
        // In memory of their own size, so that a look behind their end is seen.
        const std::vector<char> held(bytes.begin(), bytes.end());
        const glass::MappedTable table(std::string_view(held.data(), held.size()));
        try {
            glass::TableLookup lookup(table);
            for (const auto& [key, tag] : entries)
                noticed += !lookup.find(key) || lookup.read(0, std::string::npos) != tag ? 1 : 0;
        } catch (const glass::Damaged&) {
            ++noticed;
        }
    }
    CHECK(noticed > 100);
}

TEST_CASE("a table of which blocks are zeros is found damaged, or lacks entries", "[lookup]") {
    const TempDir dir;
    const Entries entries = made_entries(400);
    write(entries, dir.path() / "table");
    const std::string sound = bytes_of(dir.path() / "table");
    for (std::size_t page = 0; page < sound.size(); page += 4096 * 7) {
        std::vector<char> held(sound.begin(), sound.end());
        std::fill_n(held.begin() + static_cast<std::ptrdiff_t>(page), 4096, '\0');
        const glass::MappedTable table(std::string_view(held.data(), held.size()));
        glass::TableLookup lookup(table);
        const auto is_read_as_it_was = [&](const Entries::value_type& entry) {
            try {
                return lookup.find(entry.first) && lookup.read(0, std::string::npos) == entry.second;
            } catch (const glass::Damaged&) {
                return false;
            }
        };
        CHECK_FALSE(std::ranges::all_of(entries, is_read_as_it_was));
    }
}
