#include <random>

#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

using namespace izde::index;

namespace {

Document full_document() {
    Document document;
    document.id = "00112233aabbccdd";
    document.path = "a/b.txt";
    document.record = "12";
    document.url = "https://example.org/x";
    document.title = "Тақырып 标题";
    document.title_source = "heading";
    document.body = std::string(100'000, 'b') + "\n\nend";
    document.boilerplate = {{"a footer", 0}, {"", 3}, {"caption", 100'000}};
    document.lang = "kk";
    document.format = "txt";
    document.encoding = "UTF-8";
    document.author = "A. Author";
    document.author_source = "byline";
    document.group = "00112233aabbccdd";
    document.similar = 300;
    document.first_seen = 4'000'000'001;
    document.place = "Almaty";
    document.source = "Paper";
    document.date = {"2022-01", Precision::month, "metadata", "Jan 2022"};
    return document;
}

}  // namespace

TEST_CASE("a stored document comes back as it was", "[index]") {
    const Document before = full_document();

    const auto after = read_record(write_record(before));

    REQUIRE(after);
    CHECK(after->id == before.id);
    CHECK(after->record == before.record);
    CHECK(after->title == before.title);
    CHECK(after->body == before.body);
    CHECK(after->boilerplate == before.boilerplate);
    CHECK(after->author_source == "byline");
    CHECK(after->group == before.group);
    CHECK(after->similar == 300);
    CHECK(after->first_seen == 4'000'000'001);
    CHECK(after->lang == before.lang);
    CHECK(after->date.value == before.date.value);
    CHECK(after->date.precision == Precision::month);
    CHECK(after->date.text == before.date.text);
}

TEST_CASE("a damaged record is an error or a document, never a crash", "[index]") {
    const std::string sound = write_record(full_document());
    std::mt19937 random(3);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = sound.substr(0, random() % 400);
        for (int flips = 0; flips < 3 && !bytes.empty(); ++flips)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto document = read_record(bytes);
        if (!document) CHECK(document.error().code == izde::Errc::index_corrupt);
    }
}
