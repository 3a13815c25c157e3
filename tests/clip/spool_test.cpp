// Documents on disk between the two passes of a build.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

#include "spool.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

TEST_CASE("what was spooled comes back, in any order, and leaves no file", "[spool]") {
    const TempDir dir;
    indexer::Spool spool(expect(indexer::Tape::create(dir.path())));
    CHECK(std::filesystem::is_empty(dir.path()));
    std::vector<indexer::Extent> extents;
    for (std::size_t i = 0; i < 40; ++i) {
        auto document = make_document(i, "Title " + std::to_string(i),
                                      std::string(i * 5000, 'a' + static_cast<char>(i % 26)));
        document.boilerplate = {{"Share this", i}};
        extents.push_back(expect(spool.add(index::write_record(document))));
    }
    expect(spool.finish());
    for (std::size_t i = 40; i-- > 0;) {
        const auto document = expect(spool.document(extents[i]));
        CHECK(document.id == hex_id(i));
        CHECK(document.body.size() == i * 5000);
        CHECK(document.boilerplate.front().at == i);
    }
    CHECK(spool.tape().size() == extents.back().end());
}

TEST_CASE("a tape that cannot be is said, as is a read behind its end", "[spool]") {
    const TempDir dir;
    const auto nowhere = indexer::Tape::create(dir.path() / "nowhere");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == Errc::io);
    CHECK(indexer::Tape::open(dir.path() / "nothing").error().code == Errc::not_found);
    CHECK(indexer::Tape::open(dir.path()).error().code == Errc::not_found);
    auto tape = expect(indexer::Tape::create(dir.path()));
    expect(tape.add("four"));
    expect(tape.finish());
    CHECK(expect(tape.read(1, 3)) == "our");
    CHECK(tape.read(2, 3).error().code == Errc::io);
}

TEST_CASE("a copy of a tape holds what it held, and is written on", "[spool]") {
    const TempDir dir;
    auto tape = expect(indexer::Tape::create(dir.path()));
    const std::string bytes(700'000, 'x');
    expect(tape.add(bytes));
    expect(tape.finish());
    auto copy = expect(indexer::Tape::copy(tape, dir.path(), "copy"));
    CHECK(copy.size() == bytes.size());
    expect(copy.add("more"));
    expect(copy.finish());
    CHECK(expect(copy.read(bytes.size() - 1, 5)) == "xmore");
    CHECK(std::filesystem::file_size(dir.path() / "copy") == bytes.size() + 4);
    CHECK(indexer::Tape::copy(tape, dir.path(), "copy").error().code == Errc::io);
}

TEST_CASE("rows come back by their numbers, one by one or in order", "[spool]") {
    struct Row {
        std::uint64_t number;
        std::uint32_t square;
        std::uint32_t unused = 0;
    };
    const TempDir dir;
    auto rows = expect(indexer::Rows<Row>::create(dir.path()));
    constexpr std::uint32_t count = 20'000;
    for (std::uint32_t i = 0; i < count; ++i) expect(rows.add({i, i * i}));
    expect(rows.finish());
    REQUIRE(rows.size() == count);
    CHECK(expect(rows.row(123)).square == 123 * 123);
    indexer::Rows<Row>::Reader reader(rows);
    for (std::uint32_t i = 0; i < count; i += 3) REQUIRE(expect(reader.row(i)).square == i * i);
    CHECK(expect(reader.row(5)).number == 5);
    CHECK_FALSE(rows.row(count));
    CHECK_FALSE(reader.row(count));
}

TEST_CASE("rows that could not be read are not taken for read when they are asked for again", "[spool]") {
    const TempDir dir;
    auto rows = expect(indexer::Rows<std::uint64_t>::create(dir.path(), "rows"));
    for (std::uint64_t i = 0; i < 100; ++i) expect(rows.add(i));
    expect(rows.finish());
    indexer::Rows<std::uint64_t>::Reader reader(rows);
    std::filesystem::resize_file(dir.path() / "rows", 0);

    CHECK_FALSE(reader.row(7));
    CHECK_FALSE(reader.row(7));
}
