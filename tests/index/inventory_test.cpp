// What a generation holds, to be compared with another.
#include <fstream>

#include <catch2/catch.hpp>

#include "izde/index/inventory.hpp"
#include "izde/index/record.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;
using index::Inventory;

TEST_CASE("an inventory knows each document, in order of id, by what it says", "[inventory]") {
    const TempDir dir;
    const auto first = make_document(0xFFFFFFFFFFFFFFFE, "One", "First");
    auto second = make_document(3, "Two", "Second");
    second.first_seen = 1'700'000'000;

    const auto inventory = Inventory::read(publish(dir.path(), {first, second}));

    REQUIRE(inventory);
    REQUIRE(inventory->items().size() == 2);
    CHECK(inventory->items()[0].id == 3);
    CHECK(inventory->items()[0].first_seen == 1'700'000'000);
    CHECK(inventory->items()[0].content == index::content_of(second));
    CHECK(inventory->items()[1].content == index::content_of(first));
    CHECK(inventory->find(first.id) == 1u);
    CHECK(inventory->find(second.id) == 0u);
    CHECK_FALSE(inventory->find(hex_id(4)));
    CHECK(expect(inventory->fetch(inventory->items()[1])).title == "One");
}

TEST_CASE("content differs with whatever a document says, not with its near-duplicates or its first sight",
          "[inventory]") {
    const auto document = make_document(1, "Title", "Body");
    const auto changed = [&](auto change) {
        auto other = document;
        change(other);
        return index::content_of(other) != index::content_of(document);
    };

    CHECK_FALSE(changed([](index::Document&) {}));
    CHECK_FALSE(changed([](index::Document& d) { d.group = hex_id(1), d.similar = 4; }));
    CHECK_FALSE(changed([](index::Document& d) { d.first_seen = 1'700'000'000; }));
    CHECK(changed([](index::Document& d) { d.title = "Title "; }));
    CHECK(changed([](index::Document& d) { d.title = "TitleB", d.body = "ody"; }));
    CHECK(changed([](index::Document& d) { d.date.precision = index::Precision::day; }));
    CHECK(changed([](index::Document& d) { d.date.text = "x"; }));
    CHECK(changed([](index::Document& d) { d.boilerplate = {{"x", 0}}; }));
    CHECK(changed([](index::Document& d) { d.lang = "de"; }));
}

TEST_CASE("an inventory of a generation with a changed byte is refused", "[inventory]") {
    const TempDir dir;
    const auto generation = publish(dir.path(), {make_document(1, "One", "First")});
    std::fstream(generation / "docdata.glass", std::ios::in | std::ios::out | std::ios::binary).seekp(100)
        << 'X';

    const auto inventory = Inventory::read(generation);

    REQUIRE_FALSE(inventory);
    CHECK(inventory.error().code == Errc::index_corrupt);
}

TEST_CASE("an empty generation has an empty inventory", "[inventory]") {
    const TempDir dir;

    CHECK(expect(Inventory::read(publish(dir.path(), {}))).items().empty());
}
