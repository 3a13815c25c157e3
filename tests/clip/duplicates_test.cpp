// Groups of near-duplicates, whatever comes and in whatever order.
#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "clip/stories.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

index::Document dated(index::Document document, const std::string& date) {
    document.date.value = date;
    return document;
}

}  // namespace

TEST_CASE("the earliest document leads, a coarse date at its first day, undated ones last", "[duplicates]") {
    const std::string body = sentences(0, 12);
    const auto marked = grouped(
        {dated(make_document(1, "A", body), ""), dated(make_document(2, "B", body), "2022-05-04"),
         dated(make_document(3, "C", body), "2022-05"), dated(make_document(4, "D", body), "2022-05-02"),
         dated(make_document(5, "E", sentences(0, 12, 9)), "1999")});
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(marked[i].group == hex_id(3));
        CHECK(marked[i].similar == 3);
    }
    CHECK(marked[4].group.empty());
    CHECK(marked[4].similar == 0);
    CHECK(grouped({make_document(8, "A", body), make_document(7, "B", body)})[0].group == hex_id(7));
}

TEST_CASE("groups are the same in whatever order the documents come, on however many threads",
          "[duplicates]") {
    std::vector<index::Document> documents;
    std::mt19937 random(5);
    for (std::size_t story = 0; story < 40; ++story)
        for (std::size_t copy = 0; copy < 1 + story % 4; ++copy) {
            std::string body = sentences(0, 14, story);
            if (copy == 1) body = sentences(0, 9, story);
            if (copy == 2) body = sentences(0, 5, story) + sentences(7, 9, story);
            if (copy == 3) body += sentences(0, 3, story + 1);
            documents.push_back(dated(make_document(documents.size(), "Title " + std::to_string(copy), body),
                                      copy % 2 == 0 ? "2020-0" + std::to_string(1 + random() % 9) : ""));
        }
    std::vector<std::size_t> order(documents.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto expected = grouped(documents, order);
    CHECK(std::ranges::count_if(expected, [](const auto& document) { return document.group.empty(); }) == 10);
    for (unsigned jobs = 1; jobs <= 5; ++jobs) {
        std::ranges::shuffle(order, random);
        const auto marked = grouped(documents, order, jobs);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            CHECK(marked[i].group == expected[i].group);
            CHECK(marked[i].similar == expected[i].similar);
        }
    }
}

TEST_CASE("thousands of copies and variants of a story are one group", "[duplicates]") {
    const std::string body = sentences(0, 10);
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 2000; ++i) documents.push_back(make_document(i, "Copy", body));
    for (std::size_t i = 0; i < 2000; ++i)
        documents.push_back(make_document(
            10000 + i, "Variant", body + "Printed as the leaf of number x" + std::to_string(i) + ".\n"));
    const auto marked = grouped(documents);
    CHECK(marked.front().similar == documents.size() - 1);
    CHECK(marked.back().group == marked.front().group);
}

TEST_CASE("a chain of texts, each like the next, is not one group", "[duplicates]") {
    std::vector<index::Document> documents;
    for (std::size_t day = 0; day < 60; ++day)
        documents.push_back(make_document(day, "Day", sentences(day, 12)));
    const auto marked = grouped(documents);
    for (const auto& document : marked) CHECK(document.similar < 12);
    CHECK(marked.front().group != marked.back().group);
}

TEST_CASE("reports from one template stay apart however many there are", "[duplicates]") {
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 300; ++i) {
        const auto number = [&](std::size_t k) { return std::to_string(100 + (i * 37 + k * 101) % 800); };
        documents.push_back(
            make_document(i, "Water levels",
                          "The service of the rivers said that the water at the upper post stood at " +
                              number(1) + " centimetres this morning, which is " + number(2) +
                              " below the mark of danger. At the lower post it stood at " + number(3) +
                              " centimetres, and the flow was measured as " + number(4) +
                              " cubic metres a second. Boats may pass the weir between the hours given on "
                              "the board. The next report will follow "
                              "tomorrow at the same time, and may be had by telephone as well.\n"));
    }
    for (const auto& document : grouped(documents)) CHECK(document.group.empty());
}

TEST_CASE("empty and tiny texts are in no group, unless they say the same", "[duplicates]") {
    for (const auto& document :
         grouped({make_document(1, "Photo", ""), make_document(2, "Photo", ""), make_document(3, "", ""),
                  make_document(4, "Photo", "See above."), make_document(5, "Photo", "See above.")}))
        CHECK(document.group.empty());
    CHECK(grouped({}).empty());
    const std::string brief = "Trains to the coast run every hour again.";
    CHECK(fold(make_document(1, "Coast line open", brief), make_document(2, "Coast line open", brief)));
    CHECK_FALSE(
        fold(make_document(1, "Coast line open", brief), make_document(2, "Northern line open", brief)));
}

TEST_CASE("hostile texts take no time and no memory", "[duplicates]") {
    std::string one_word;
    for (int i = 0; i < 200'000; ++i) one_word += "word ";
    std::string two_words;
    for (int i = 0; i < 100'000; ++i) two_words += i % 3 == 0 ? "this " : "that ";
    const auto marked = grouped({make_document(1, "A", one_word), make_document(2, "B", one_word),
                                 make_document(3, "C", one_word + "word"), make_document(4, "D", two_words),
                                 make_document(5, "E", two_words + "this that"),
                                 make_document(6, "F", std::string(1 << 20, 'x'))});
    CHECK(marked[0].group == marked[1].group);
    CHECK(marked[5].group.empty());
}

TEST_CASE("a document that cannot be had again ends it", "[duplicates]") {
    const TempDir dir;
    clip::Duplicates duplicates(expect(clip::Duplicates::Prints::create(dir.path())));
    for (std::size_t i = 0; i < 2; ++i)
        expect(duplicates.see(make_document(i, "T", sentences(0, 10) + (i == 0 ? "More.\n" : ""))));
    const auto done = duplicates.group(
        [](std::size_t) -> Result<index::Document> { return fail(Errc::io, "the disk is gone"); });
    REQUIRE_FALSE(done);
    CHECK(done.error().message == "the disk is gone");
}
