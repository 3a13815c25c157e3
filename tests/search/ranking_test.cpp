// What comes first, in an index of a few documents.
#include <tuple>

#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

// Words that have nothing to do with any query, so that all texts are about as long.
std::string filler(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += "filler" + std::to_string(i % 40) + " ";
    return text;
}

Ids ids(std::vector<index::Document> documents, const std::string& query) {
    for (std::size_t i = 100; i < 140; ++i)
        documents.push_back(make_document(i, "Other " + std::to_string(i), filler(30)));
    const TempDir dir;
    publish(dir.path(), documents);
    const auto searcher = search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    search::Request request;
    request.text = query;
    return ids_of(expect(searcher->search(request)));
}

}  // namespace

TEST_CASE("a document that is called as the query reads comes first", "[search]") {
    const auto found =
        ids({make_document(1, "The port of the port city", "port ports port port " + filler(10)),
             make_document(2, "Port", "A story. " + filler(60)),
             make_document(3, "Another", "port port port port port port")},
            "port");
    REQUIRE(found.size() == 3);
    CHECK(found.front() == hex_id(2));
}

TEST_CASE("words that were typed side by side rank higher the closer they stand", "[search]") {
    const auto found =
        ids({make_document(1, "One", "stock " + filler(20) + " transaction " + filler(20) + " tax"),
             make_document(2, "Two", "stock transaction tax " + filler(40)),
             make_document(3, "Three", "tax " + filler(20) + " stock transaction " + filler(20))},
            "stock transaction tax");
    CHECK(found == std::vector{hex_id(2), hex_id(3), hex_id(1)});
}

TEST_CASE("closeness changes the order of what is found, not what is found nor the pages", "[search]") {
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 50; ++i)
        documents.push_back(make_document(i, "Title " + std::to_string(i),
                                          "river " + filler(i % 9) + " bridge " + filler(30 + i % 7)));
    const TempDir dir;
    publish(dir.path(), documents);
    const auto searcher = search::Searcher::start(dir.path());
    search::Request request;
    request.text = "river bridge";
    request.per_page = 100;
    const auto all = expect(searcher->search(request));
    CHECK(all.total == 50);
    Ids paged;
    request.per_page = 7;
    for (request.page = 1; request.page <= 8; ++request.page)
        for (const search::Hit& hit : expect(searcher->search(request)).hits)
            paged.push_back(hit.document.id);
    CHECK(paged == ids_of(all));
}

TEST_CASE("with few words a document that has them all comes before those that repeat one", "[search]") {
    const auto found = ids({make_document(1, "Harbours", "ferry ferry ferry ferry ferry ferry"),
                            make_document(2, "Other things", "a ferry " + filler(80) + " an icebreaker"),
                            make_document(3, "Ferry", "ferry " + filler(5))},
                           "ferry icebreaker");
    REQUIRE(found.size() == 3);
    CHECK(found.front() == hex_id(2));
}

TEST_CASE("two names in another script rank above one of them as it was typed", "[search]") {
    const auto found =
        ids({make_document(1, "Снимок", "Фото Putin Press, снимок дня, заметка о выставке.", "ru"),
             make_document(2, "Встреча", "Путин и Меркель встретились, заметка о встрече.", "ru"),
             make_document(3, "Путин", "Путин выступил, заметка о речи.", "ru"),
             make_document(4, "Меркель", "Меркель выступила, заметка о речи.", "ru")},
            "Putin Merkel");
    REQUIRE_FALSE(found.empty());
    CHECK(found.front() == hex_id(2));
}

TEST_CASE("a name of two words ranks first where it is spelt as it was typed", "[search]") {
    for (const auto& [typed, first, second] :
         {std::tuple("Владимир Путин", 1, 2), std::tuple("Vladimir Putin", 2, 1)}) {
        const auto found =
            ids({make_document(1, "Речь", "Владимир Путин выступил вчера, заметка о речи.", "ru"),
                 make_document(2, "Speech", "Vladimir Putin spoke yesterday, a note on that."),
                 make_document(3, "Note", "Vladimir spoke yesterday, a note on that.")},
                typed);
        REQUIRE(found.size() >= 2);
        CHECK(found[0] == hex_id(static_cast<std::size_t>(first)));
        CHECK(found[1] == hex_id(static_cast<std::size_t>(second)));
    }
}

TEST_CASE("of a long query, a document that shares words with the best matches ranks higher", "[search]") {
    std::vector<index::Document> documents;
    const std::string topic = "glacier moraine crevasse icefall ";
    for (std::size_t i = 0; i < 12; ++i)
        documents.push_back(make_document(i, "Survey " + std::to_string(i),
                                          "how fast does alpine ice melt summer " + topic + filler(i)));
    // A word of many documents says nothing.
    for (std::size_t i = 100; i < 200; ++i) documents.push_back(make_document(i, "Other", filler(30)));
    documents.push_back(make_document(50, "First", "alpine summer " + filler(20) + " wheat barley oats rye"));
    documents.push_back(make_document(51, "Second", "alpine summer " + filler(20) + " " + topic));
    const TempDir dir;
    publish(dir.path(), documents);
    const index::Reader reader = open_live(dir.path());
    const auto word = [](const std::string& one) { return index::Query{index::Word{{{{one}, 1.0}}, {}}}; };
    const index::Query query{
        index::AnyOf{{word("fast"), word("alpine"), word("ice"), word("melt"), word("summer")}}};
    const auto place_of = [&](const std::string& id, bool feedback) {
        const auto matches = expect(reader.match(query, {0, 50}, {{}, feedback}));
        for (std::size_t i = 0; i < matches.items.size(); ++i)
            if (expect(reader.fetch(matches.items[i])).id == id) return i;
        return matches.items.size();
    };
    CHECK(place_of(hex_id(50), false) < place_of(hex_id(51), false));
    CHECK(place_of(hex_id(51), true) < place_of(hex_id(50), true));
}
