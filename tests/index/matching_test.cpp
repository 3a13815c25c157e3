// What matching finds and how it scores, beside Xapian's own matching of the same database.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "izde/deadline.hpp"
#include "izde/index/generations.hpp"
#include "izde/index/keys.hpp"
#include "izde/index/reader.hpp"
#include "izde/index/revision.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

const std::vector<std::string> words{"harvest", "wheat", "barley", "export", "exports",
                                     "port",    "ship",  "rail",   "price",  "farm"};

// Of lengths between one word and hundreds, the first words in most documents and the last in few. As many as
// take several windows.
constexpr std::size_t many = 1500;
std::vector<Document> made_documents(std::size_t count) {
    std::mt19937 random(7);
    std::vector<Document> documents;
    for (std::size_t i = 0; i < count; ++i) {
        std::string body;
        for (std::size_t left = 1 + random() % (1 + i % 300); left > 0; --left)
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

using XQuery = Xapian::Query;

XQuery term(const std::string& name) {
    return XQuery(name);
}
XQuery one_of(XQuery::op how, std::vector<XQuery> parts) {
    return {how, parts.begin(), parts.end()};
}
XQuery scaled(const XQuery& query, double factor) {
    return {XQuery::OP_SCALE_WEIGHT, query, factor};
}

// The same asked of both. Words of several forms are left to estimates, which are alike but for rounding.
struct Case {
    const char* name;
    Query ours;
    std::optional<XQuery> xapian;  // nothing where it takes positions, of which Xapian knows none
};

std::vector<Case> cases() {
    const XQuery exports = one_of(XQuery::OP_SYNONYM, {term("export"), term("exports")});
    const Query our_phrase{Phrase{{{"wheat"}, {"harvest", "barley"}}, {}}};
    const Query our_near{Near{{{"wheat"}, {"export"}}, 3, {}}};
    return {
        {"a word", word({"wheat"}), term("wheat")},
        {"a word of two forms", word({"export", "exports"}), exports},
        {"a word the index lacks", word({"zzz"}), XQuery()},
        {"a word in two tiers",
         {Word{{{{"export", "exports"}, 1.0}, {{"exports"}, 0.25}}, {}}},
         one_of(XQuery::OP_OR, {exports, scaled(term("exports"), 0.25)})},
        {"a word that begins so", {Prefix{"exp", {}, 8}}, exports},
        {"a phrase", our_phrase, {}},
        {"words near each other", our_near, {}},
        {"either", {AnyOf{{word({"wheat"}), word({"farm"}), our_phrase}}}, {}},
        {"both",
         {AllOf{{word({"wheat"}), word({"farm"})}, {}, {}}},
         one_of(XQuery::OP_AND, {term("wheat"), term("farm")})},
        {"the same word twice",
         {AllOf{{word({"wheat"}), word({"wheat"})}, {}, {}}},
         one_of(XQuery::OP_AND, {term("wheat"), term("wheat")})},
        {"both or a third",
         {AnyOf{{{AllOf{{word({"wheat"}), word({"farm"})}, {}, {}}}, word({"rail"})}}},
         one_of(XQuery::OP_OR, {one_of(XQuery::OP_AND, {term("wheat"), term("farm")}), term("rail")})},
        {"all but, raised by others",
         {AllOf{{word({"wheat"}), word({"export", "exports"})},
                {word({"rail"})},
                {{Scaled{{word({"harvest"})}, 0.5}}, in_title("wheat")}}},
         one_of(XQuery::OP_AND_NOT,
                {one_of(XQuery::OP_AND_MAYBE,
                        {one_of(XQuery::OP_AND, {term("wheat"), exports}),
                         one_of(XQuery::OP_OR, {scaled(term("harvest"), 0.5), term("Swheat")})}),
                 term("rail")})},
        {"raised where it has both",
         {AllOf{{{AnyOf{{word({"price"}), word({"farm"})}}}},
                {},
                {{Scaled{{{AllOf{{word({"price"}), word({"farm"})}, {}, {}}}}, 0.15}}}}},
         one_of(XQuery::OP_AND_MAYBE, {one_of(XQuery::OP_OR, {term("price"), term("farm")}),
                                       scaled(one_of(XQuery::OP_AND, {term("price"), term("farm")}), 0.15)})},
        {"any of words, one of which few have",
         {AnyOf{{word({"harvest"}, 0.1), word({"wheat"}, 0.2), {Word{{{{"farm"}, 5.0}}, {}}}}}},
         one_of(XQuery::OP_OR,
                {scaled(term("harvest"), 0.1), scaled(term("wheat"), 0.2), scaled(term("farm"), 5)})},
        {"any of words of several forms, raised, and filtered by",
         {AllOf{{{AnyOf{{word({"harvest", "barley"}, 0.1), word({"export", "exports"}, 0.2),
                         word({"farm"}, 5.0)}}},
                 {Only{{word({"price", "ship"})}}}},
                {word({"rail"})},
                {word({"port"}, 0.3)}}},
         one_of(XQuery::OP_AND_MAYBE,
                {one_of(XQuery::OP_AND_NOT,
                        {one_of(XQuery::OP_AND,
                                {one_of(XQuery::OP_OR,
                                        {scaled(one_of(XQuery::OP_SYNONYM, {term("harvest"), term("barley")}),
                                                0.1),
                                         scaled(exports, 0.2), scaled(term("farm"), 5)}),
                                 scaled(one_of(XQuery::OP_OR, {term("price"), term("ship")}), 0)}),
                         term("rail")}),
                 scaled(term("port"), 0.3)})},
        {"as one word, one of them filtered by",
         {AllOf{{{Same{{word({"ship"}), word({"port", "rail"})}}}, {Only{{word({"wheat"})}}}}, {}, {}}},
         one_of(XQuery::OP_AND, {one_of(XQuery::OP_SYNONYM, {term("ship"), term("port"), term("rail")}),
                                 scaled(term("wheat"), 0)})},
        {"as one word, one of them a phrase", {Same{{word({"ship"}), our_phrase}}}, {}},
        {"as one word, one of them two words",
         {Same{{word({"ship"}), {AllOf{{word({"price"}), word({"farm"})}, {}, {}}}}}},
         one_of(XQuery::OP_SYNONYM, {term("ship"), one_of(XQuery::OP_AND, {term("price"), term("farm")})})},
        {"everything, raised by a word",
         {AllOf{{{Everything{}}}, {}, {word({"wheat"})}}},
         one_of(XQuery::OP_AND_MAYBE, {XQuery::MatchAll, term("wheat")})},
    };
}

// publish(), and an update after it: some documents went, others came between those that stayed.
std::filesystem::path publish_updated(const std::filesystem::path& root,
                                      const std::vector<Document>& documents) {
    const auto before = publish(root, documents, root / "words");
    const Lock lock = expect(Lock::take(root));
    Generations generations(root);
    const auto building = expect(generations.begin(lock));
    Revision revision = expect(Revision::create(before, root / "words", building, 2));
    for (std::size_t i = 0; i < documents.size(); i += 5) expect(revision.remove(first_key(i)));
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const auto room = static_cast<std::uint32_t>(i % 11);
        if (room == 0 || room >= key_distance) continue;
        Document document = documents[documents.size() - 1 - i];
        document.id = hex_id(documents.size() + i + 1);
        expect(revision.put(first_key(i) + room, document));
    }
    Manifest manifest;
    manifest.generation = building.stem();
    manifest.built_at = "2026-01-02T03:04:05Z";
    expect(revision.finish(manifest, root / "words"));
    const auto finished = expect(generations.seal(lock, building));
    expect(generations.point_to(lock, finished.filename()));
    return finished;
}

void check_beside_xapian(const std::filesystem::path& root, const std::filesystem::path& folder) {
    const Reader reader = open_live(root);
    const Xapian::Database database(folder.string());

    for (const Case& one : cases()) {
        if (!one.xapian) continue;
        for (const std::uint32_t limit : {1U, 3U, 10U, 5000U}) {
            INFO(one.name << ", the best " << limit);
            Xapian::Enquire enquire(database);
            enquire.set_query(*one.xapian);
            enquire.set_weighting_scheme(Xapian::BM25Weight(1.25, 0, 1, 0.75, 0));
            // All, since Xapian passes over some that belong to the best.
            const Xapian::MSet wanted = enquire.get_mset(0, 2 * many);
            const auto found = expect(reader.match(one.ours, {0, limit}));
            REQUIRE(found.total == wanted.size());
            REQUIRE(found.items.size() == std::min(limit, wanted.size()));
            std::map<std::uint32_t, double> scores;
            for (auto match = wanted.begin(); match != wanted.end(); ++match)
                scores[*match] = match.get_weight();
            for (std::size_t i = 0; i < found.items.size(); ++i) {
                REQUIRE(scores.contains(found.items[i].key));
                CHECK(found.items[i].score == Approx(scores[found.items[i].key]).epsilon(0.01));
                CHECK(found.items[i].score ==
                      Approx(wanted[static_cast<Xapian::doccount>(i)].get_weight()).epsilon(0.01));
            }
        }
    }
}

}  // namespace

TEST_CASE("what is found and what it scores is what Xapian finds and scores", "[matching]") {
    const TempDir dir;
    check_beside_xapian(dir.path(), publish(dir.path(), made_documents(many)));
}

TEST_CASE("after an update what is found and what it scores is what Xapian finds and scores", "[matching]") {
    const TempDir dir;
    check_beside_xapian(dir.path(), publish_updated(dir.path(), made_documents(many)));
}

TEST_CASE("a page holds what it would of one list of all", "[matching]") {
    const TempDir dir;
    publish(dir.path(), made_documents(many));
    const Reader reader = open_live(dir.path());

    for (const Case& one : cases()) {
        INFO(one.name);
        const auto all = expect(reader.match(one.ours, {0, many})).items;
        for (std::uint32_t offset = 0; offset < all.size() + 7; offset += offset < 70 ? 7 : 203) {
            const auto page = expect(reader.match(one.ours, {offset, 7})).items;
            for (std::size_t i = 0; i < page.size(); ++i) {
                CHECK(page[i].key == all.at(offset + i).key);
                CHECK(page[i].score == all.at(offset + i).score);
            }
            CHECK(page.size() ==
                  std::min<std::size_t>(7, all.size() - std::min<std::size_t>(offset, all.size())));
        }
    }
}

TEST_CASE("however late it is, what stands first in the index is found, and told to be a part",
          "[matching]") {
    const TempDir dir;
    publish(dir.path(), made_documents(many));
    const Reader reader = open_live(dir.path());
    const Deadline passed(std::chrono::milliseconds(0));

    for (const bool feedback : {false, true})
        for (const Order order : {Order::relevance, Order::newest}) {
            const auto found = expect(
                reader.match(word({"wheat"}), {0, many, order, Fold::on, true, &passed}, {{}, feedback, 0}));
            CHECK_FALSE(found.items.empty());
            CHECK_FALSE(found.complete);
            CHECK_FALSE(found.exact);
            CHECK(found.total >= found.items.size());
            CHECK(found.total <= many);
        }
}

TEST_CASE("after a search that met damage, the same reader finds what it found before", "[matching]") {
    const TempDir dir;
    const auto file = publish(dir.path(), made_documents(many)) / "postlist.glass";
    const Reader reader = open_live(dir.path());
    std::string sound(std::filesystem::file_size(file), '\0');
    std::ifstream(file, std::ios::binary).read(sound.data(), static_cast<std::streamsize>(sound.size()));
    const auto write = [&](const std::string& bytes) {
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    };
    const auto ask = [&](const Query& query) { return reader.match(query, {0, 1000}); };
    const auto all = cases();
    std::vector<std::vector<Match>> wanted;
    for (const Case& one : all) wanted.push_back(expect(ask(one.ours)).items);
    std::mt19937 random(3);
    std::size_t refused = 0;

    for (int round = 0; round < 60; ++round) {
        std::string damaged = sound;
        // Behind the lengths, which were read already.
        for (std::size_t at = 4096 + random() % 64; at < damaged.size(); at += 1 + random() % 700)
            damaged[at] = static_cast<char>(0xFF);
        write(damaged);
        for (const Case& one : all) refused += ask(one.ours) ? 0 : 1;
        write(sound);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto found = expect(ask(all[i].ours)).items;
            INFO(all[i].name << ", round " << round);
            REQUIRE(std::ranges::equal(found, wanted[i], {}, &Match::key, &Match::key));
            REQUIRE(std::ranges::equal(found, wanted[i], {}, &Match::score, &Match::score));
        }
    }
    CHECK(refused > 0);
}
