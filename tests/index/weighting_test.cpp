#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "izde/deadline.hpp"
#include "izde/index/reader.hpp"

#include "index/weighting.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

const std::vector<std::string> words{"harvest", "wheat", "barley", "export", "exports",
                                     "port",    "ship",  "rail",   "price",  "farm"};

// Of lengths between one word and hundreds, the first words in most documents and the last in few.
std::vector<Document> made_documents(std::size_t count) {
    std::mt19937 random(7);
    std::vector<Document> documents;
    for (std::size_t i = 0; i < count; ++i) {
        std::string body;
        for (std::size_t left = 1 + random() % (1 + i); left > 0; --left)
            body += words[std::min(random() % words.size(), random() % words.size())] + " ";
        documents.push_back(make_document(i + 1, i % 7 == 0 ? words[i % words.size()] : "t", body));
    }
    return documents;
}

Query word(std::vector<std::string> forms, double weight = 1.0) {
    return {Word{{{std::move(forms), weight}}, {}}};
}

Query in_title(const std::string& form) {
    return {Word{{{{form}, 1.0}}, Field::title}};
}

// What Xapian is asked in as many ways as there are nodes that score.
std::vector<Query> scoring_queries() {
    const Query phrase{Phrase{{{"wheat"}, {"harvest", "barley"}}, {}}};
    const Query near{Near{{{"wheat"}, {"export"}}, 3, {}}};
    return {word({"wheat"}),
            word({"export", "exports"}),
            {Word{{{{"export", "exports"}, 1.0}, {{"exports"}, 0.25}}, {}}},
            {Prefix{"exp", {}, 8}},
            phrase,
            near,
            {AnyOf{{word({"wheat"}), word({"farm"}), phrase}}},
            {AnyOf{{phrase, near, in_title("ship")}}},
            {AllOf{{word({"wheat"}), word({"export", "exports"})},
                   {word({"rail"})},
                   {{Scaled{{{Prefix{"har", {}, 8}}}, 0.5}}, in_title("wheat")}}},
            {AllOf{{{AnyOf{{word({"price"}), word({"farm"})}}}},
                   {},
                   {{Scaled{{{AllOf{{word({"price"}), word({"farm"})}, {}, {}}}}, 0.15}}}}},
            {AllOf{{{Same{{word({"ship"}), word({"port", "rail"})}}}, {Only{{word({"wheat"})}}}}, {}, {}}},
            {AllOf{{{Everything{}}}, {}, {word({"wheat"})}}}};
}

}  // namespace

TEST_CASE("scores by lengths in memory are those that Xapian gives, to the last bit", "[index]") {
    const TempDir dir;
    publish(dir.path(), made_documents(300));
    const Reader reader = open_live(dir.path());
    const Deadline long_enough(std::chrono::hours(1));

    std::size_t asked = 0;
    for (const Query& query : scoring_queries())
        for (const std::uint32_t limit : {3u, 10u, 1000u})
            for (const Fold fold : {Fold::on, Fold::off}) {
                INFO(asked++ << ", the best " << limit);
                const auto xapian = expect(reader.match(query, {0, limit, Order::relevance, fold}));
                const auto ours =
                    expect(reader.match(query, {0, limit, Order::relevance, fold, true, &long_enough}));
                REQUIRE(!xapian.items.empty());
                REQUIRE(ours.items.size() == xapian.items.size());
                for (std::size_t i = 0; i < ours.items.size(); ++i) {
                    CHECK(ours.items[i].key == xapian.items[i].key);
                    CHECK(ours.items[i].score == xapian.items[i].score);
                }
                CHECK(ours.total == xapian.total);
            }
}

TEST_CASE("words that further the topic of the best matches score alike by lengths in memory", "[index]") {
    const TempDir dir;
    publish(dir.path(), made_documents(300));
    const Reader reader = open_live(dir.path());
    const Deadline long_enough(std::chrono::hours(1));
    const Query query{AnyOf{{word({"price"}), word({"farm"})}}};
    const Refinement refinement{{}, true, 0};

    const auto xapian = expect(reader.match(query, {0, 50}, refinement));
    const auto ours =
        expect(reader.match(query, {0, 50, Order::relevance, Fold::on, true, &long_enough}, refinement));
    REQUIRE(ours.items.size() == 50);
    for (std::size_t i = 0; i < ours.items.size(); ++i) {
        CHECK(ours.items[i].key == xapian.items[i].key);
        CHECK(ours.items[i].score == xapian.items[i].score);
    }
}

TEST_CASE("each document has the length that Xapian knows", "[index]") {
    const TempDir dir;
    publish(dir.path(), made_documents(20));
    const Generations generations(dir.path());
    const Xapian::Database database(generations.path(expect(generations.live())).string());
    const Lengths lengths = Lengths::read(database);

    REQUIRE(!lengths.empty());
    std::size_t documents = 0;
    for (auto one = database.postlist_begin(""); one != database.postlist_end(""); ++one, ++documents)
        CHECK(lengths.of(*one) == database.get_doclength(*one));
    CHECK(documents == 20);
    CHECK(lengths.of(database.get_lastdocid() + 1) == 0);
}
