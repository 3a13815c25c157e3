// Documents on disk between the two passes of a build.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

#include "spool.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

TEST_CASE("what was spooled comes back, in any order, and leaves no file", "[spool]") {
    const TempDir dir;
    auto spool = expect(indexer::Spool::create(dir.path()));
    CHECK(std::filesystem::is_empty(dir.path()));
    for (std::size_t i = 0; i < 40; ++i) {
        auto document = make_document(i, "Title " + std::to_string(i),
                                      std::string(i * 5000, 'a' + static_cast<char>(i % 26)));
        document.boilerplate = {{"Share this", i}};
        expect(spool.add(index::write_record(document)));
    }
    expect(spool.finish());
    REQUIRE(spool.size() == 40);
    for (std::size_t i = 40; i-- > 0;) {
        const auto document = expect(spool.document(i));
        CHECK(document.id == hex_id(i));
        CHECK(document.body.size() == i * 5000);
        CHECK(document.boilerplate.front().at == i);
    }
    CHECK(spool.bytes(0) == 0);
    CHECK(spool.bytes(40) > 40 * 39 / 2 * 5000);
}

TEST_CASE("a spool that cannot be is said", "[spool]") {
    const TempDir dir;
    const auto spool = indexer::Spool::create(dir.path() / "nowhere");
    REQUIRE_FALSE(spool);
    CHECK(spool.error().code == Errc::io);
}
