// The file of positions: what is written is read, and what is damaged ends in an error.
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "index/positions/lists.hpp"
#include "index/positions/writer.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::index::positions;

namespace {

using Places = std::map<std::uint32_t, Positions>;  // of a term, by document
using Terms = std::map<std::string, Places>;

glass::Written write(const Terms& terms, const std::filesystem::path& folder) {
    Writer writer(folder);
    for (const auto& [term, places] : terms) {
        writer.begin(term);
        for (const auto& [document, at] : places) {
            std::string bytes;
            put_positions(bytes, at);
            writer.add(document, bytes);
        }
        writer.end();
    }
    return writer.finish();
}

class File {
  public:
    explicit File(const Terms& terms) {
        CHECK(write(terms, folder_.path()).name == "positions");
        bytes_ = MappedFile(folder_.path() / "positions").bytes();
    }
    const std::filesystem::path& folder() const { return folder_.path(); }
    const std::string& bytes() const { return bytes_; }

  private:
    tests::TempDir folder_;
    std::string bytes_;
};

// Each is read, as is that there is nothing before, between and behind.
void check_read(const Lists& lists, const std::string& term, const Places& places) {
    INFO(term);
    Cursor cursor(lists.find(term));
    const auto is_nowhere = [&](std::uint64_t document) {
        Positions none;
        return document > UINT32_MAX || places.contains(static_cast<std::uint32_t>(document)) ||
               (!cursor.read(static_cast<std::uint32_t>(document), none) && none.empty());
    };
    bool all = is_nowhere(1);
    for (const auto& [document, at] : places) {
        all = all && is_nowhere(document - 1);
        Positions found;
        all = all && cursor.read(document, found) && found == at;
        all = all && is_nowhere(std::uint64_t{document} + 1);
    }
    CHECK(all);
    if (places.empty()) return;
    // Once more from the front, and only the last one.
    Positions first, last;
    CHECK((cursor.read(places.begin()->first, first) && first == places.begin()->second));
    CHECK((Cursor(lists.find(term)).read(places.rbegin()->first, last) && last == places.rbegin()->second));
}

void check_all(const Terms& terms) {
    const File file(terms);
    const Lists lists(file.folder());
    lists.check();
    std::vector<std::string> seen;
    for (Walk walk(lists); !walk.at_end(); walk.next()) seen.push_back(walk.term());
    std::vector<std::string> wanted;
    for (const auto& [term, places] : terms) {
        if (!places.empty()) wanted.push_back(term);
        check_read(lists, term, places);
        if (!terms.contains(term + '\0')) CHECK(lists.find(term + '\0').chunks() == 0);
        if (!term.empty() && !terms.contains(term.substr(1))) CHECK(lists.find(term.substr(1)).chunks() == 0);
    }
    CHECK(seen == wanted);
}

Places in_each(std::uint32_t count, std::uint32_t distance, const Positions& positions) {
    Places places;
    for (std::uint32_t i = 1; i <= count; ++i) places[i * distance] = positions;
    return places;
}

Positions each(std::uint32_t count, std::uint32_t distance) {
    Positions positions;
    for (std::uint32_t i = 1; i <= count; ++i) positions.push_back(i * distance);
    return positions;
}

class Random {
  public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }

    Terms terms() {
        Terms terms;
        for (std::uint32_t count = below(100); count > 0; --count) {
            std::string term;
            for (std::uint32_t i = below(12); i > 0; --i) term += std::string_view("ab\0\xFF", 4)[below(4)];
            Places& places = terms[term];
            std::uint32_t document = 0;
            for (std::uint32_t documents = below(below(9) == 0 ? 900 : 9); documents > 0; --documents) {
                document += below(3) == 0 ? 1 + below(300000) : 4;
                Positions& positions = places[document];
                for (std::uint32_t i = 1 + below(5); i > 0; --i)
                    positions.push_back(below(below(5) == 0 ? UINT32_MAX : 400));
                settle(positions);
            }
        }
        return terms;
    }

  private:
    std::mt19937 engine_;
};

// Reads whatever can be read, of bytes at the end of which no other begins.
void read_all(const std::string& bytes, const std::vector<std::string>& terms) {
    const std::vector<char> own(bytes.begin(), bytes.end());
    const Lists lists(std::string_view(own.data(), own.size()));
    Positions found;
    for (const std::string& term : terms) {
        try {
            Cursor cursor(lists.find(term));
            for (std::uint32_t document = 1; document < 2000; ++document) {
                cursor.read(document, found);
                if (found.size() > bytes.size()) FAIL("more positions than the file has bytes");
                found.clear();
            }
        } catch (const glass::Damaged&) {
        }
    }
    lists.check();
}

std::string flipped(std::string bytes, Random& random) {
    for (std::uint32_t flips = 1 + random.below(4); flips > 0; --flips)
        bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<char>(random.below(256));
    if (random.below(8) == 0) bytes.resize(random.below(static_cast<std::uint32_t>(bytes.size())));
    return bytes;
}

}  // namespace

TEST_CASE("a number takes a byte more where its bytes end", "[positions]") {
    const std::map<std::uint32_t, std::size_t> sizes{
        {0, 1},      {1, 1},      {207, 1},      {208, 2},      {8399, 2},           {8400, 3},
        {925903, 3}, {925904, 4}, {17703119, 4}, {17703120, 5}, {UINT32_MAX - 1, 5}, {UINT32_MAX, 5},
    };
    std::string all;
    for (const auto& [number, size] : sizes) {
        INFO(number);
        std::string bytes;
        put_number(bytes, number);
        CHECK(bytes.size() == size);
        CHECK(Numbers(bytes).number() == number);
        bytes.pop_back();
        CHECK_THROWS_AS(Numbers(bytes).number(), glass::Damaged);
        put_number(all, number);
    }
    Numbers numbers(all);
    for (const auto& [number, size] : sizes) CHECK(numbers.number() == number);
    CHECK(numbers.at_end());
}

TEST_CASE("where words were written to stand they are read to stand", "[positions]") {
    struct Shape {
        const char* name;
        Terms terms;
    };
    Terms many;
    for (int i = 0; i < 1000; ++i) many["t" + std::to_string(i * 7)] = {{4, {1}}};
    const std::vector<Shape> shapes{
        {"nothing", {}},
        {"one word once", {{"word", {{4, {1}}}}}},
        {"the first and the last of all numbers", {{"word", {{1, {0}}, {UINT32_MAX, {0, UINT32_MAX}}}}}},
        {"a word without a document", {{"a", {{4, {1}}}}, {"none", {}}, {"z", {{4, {1}}}}}},
        {"a full chunk", {{"word", in_each(128, 4, {7})}}},
        {"a full chunk and one", {{"word", in_each(129, 4, {7})}}},
        {"many chunks, other distances", {{"word", in_each(5000, 3, {7, 300})}}},
        {"chunks by their bytes", {{"word", in_each(50, 4, each(1000, 300))}}},
        {"a document larger than many chunks", {{"word", {{4, {1}}, {8, each(50000, 7)}, {12, {2}}}}}},
        {"terms that begin alike",
         {{"aaaaaaaaaa", {{4, {1}}}}, {"aaaaaaaaab", {{4, {2}}}}, {"aaaaaaaaa", {{4, {3}}}}}},
        {"many terms", many},
    };
    for (const auto& [name, terms] : shapes) {
        INFO(name);
        check_all(terms);
    }
}

TEST_CASE("random words are read where they were written", "[positions]") {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        INFO("seed " << seed);
        check_all(Random(seed).terms());
    }
}

TEST_CASE("a list that is copied has the bytes that writing it gives", "[positions]") {
    const File file(Random(3).terms());
    const tests::TempDir copied;
    {
        const Lists lists(file.folder());
        Writer writer(copied.path());
        for (Walk walk(lists); !walk.at_end(); walk.next()) writer.copy(walk.term(), walk.list());
        const glass::Written written = writer.finish();
        CHECK(written.bytes == file.bytes().size());
    }
    CHECK((MappedFile(copied.path() / "positions").bytes() == file.bytes()));
}

TEST_CASE("what is no file of positions is not opened", "[positions]") {
    const File file(Random(1).terms());
    const std::string& whole = file.bytes();
    const std::string many_blocks = whole.substr(0, whole.size() - 8) + std::string(7, '\xFF') + '\x7F';
    const std::vector<std::string> others{"",
                                          "izdepos1",
                                          std::string(16, '\0'),
                                          "izdepos0" + whole.substr(8),
                                          many_blocks,
                                          "izdepos1" + std::string(1, '\1') + std::string(7, '\0')};
    for (const std::string& bytes : others) CHECK_THROWS_AS(Lists(std::string_view(bytes)), glass::Damaged);
    const tests::TempDir folder;
    CHECK_THROWS_AS(Lists(folder.path()), std::filesystem::filesystem_error);
    folder.write("positions", "");
    CHECK_THROWS_AS(Lists(folder.path()), glass::Damaged);
}

TEST_CASE("whatever bytes of positions are damaged to, reading them ends, with an error or without",
          "[positions]") {
    Random random(20261123);
    Terms terms = random.terms();
    terms["often"] = in_each(400, 4, {7, 9, 1000});
    terms["long"] = {{4, each(3000, 3)}, {8, {1}}};
    std::vector<std::string> names;
    for (const auto& [term, places] : terms) names.push_back(term);
    const File file(terms);
    std::size_t refused = 0;
    for (int round = 0; round < 600; ++round) {
        try {
            read_all(flipped(file.bytes(), random), names);
        } catch (const glass::Damaged&) {
            ++refused;
        }
    }
    CHECK(refused > 100);
    read_all(file.bytes(), names);
}

TEST_CASE("entries of any bytes end, with an error or without", "[positions]") {
    Random random(7);
    for (int round = 0; round < 20000; ++round) {
        std::vector<char> bytes(random.below(24));
        for (char& byte : bytes) byte = static_cast<char>(random.below(256));
        try {
            Entries entries(std::string_view(bytes.data(), bytes.size()));
            std::uint32_t last = 0;
            Positions positions;
            while (entries.next()) {
                REQUIRE(entries.document() > last);
                last = entries.document();
                take_positions(entries.positions(), positions);
            }
            REQUIRE(positions.size() <= bytes.size());
        } catch (const glass::Damaged&) {
        }
    }
}
