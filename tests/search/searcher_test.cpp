#include <algorithm>

#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

std::vector<std::string> marked(const Marked& text) {
    std::vector<std::string> words;
    for (const auto& span : text.marks) words.push_back(text.text.substr(span.begin, span.end - span.begin));
    return words;
}

std::vector<std::string> titles(const Reply& reply) {
    std::vector<std::string> all;
    for (const Hit& hit : reply.hits) all.push_back(hit.document.title);
    return all;
}

Reply ask(const Searcher& searcher, const std::string& text) {
    Request request;
    request.text = text;
    return expect(searcher.search(request));
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a hit shows its title and a snippet with the words lit in any form", "[search]") {
    const TempDir dir;
    publish(dir.path(),
            {make_document(1, "Grain Exports Rise", "Officials said that exporting grain became easier.")});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "export");

    REQUIRE(reply.hits.size() == 1);
    CHECK(marked(reply.hits[0].title) == Strings{"Exports"});
    CHECK(marked(reply.hits[0].snippet) == Strings{"exporting"});
}

TEST_CASE("capitals make no difference", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "Ответ", "Письмо китайскому послу", "ru")});
    const auto searcher = Searcher::start(dir.path());

    CHECK(ask(*searcher, "Китайскому").total == 1);
    CHECK(ask(*searcher, "КИТАЙСКОЙ").total == 1);
}

TEST_CASE("documents with all the words come before those with some", "[search]") {
    const TempDir dir;
    publish(dir.path(),
            {make_document(1, "", "rapeseed rapeseed rapeseed rapeseed"),
             make_document(2, "", "a protocol on rapeseed"), make_document(3, "", "nothing of the kind")});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "rapeseed protocol");

    CHECK(reply.total == 2);
    CHECK(reply.hits[0].document.id == hex_id(2));
}

TEST_CASE("sorted by date, partial matches do not push in before the full ones", "[search]") {
    const TempDir dir;
    auto full = make_document(1, "Full", "a protocol on rapeseed");
    full.date = {"2001", index::Precision::year, "metadata", ""};
    auto partial = make_document(2, "Partial", "another protocol");
    partial.date = {"2020", index::Precision::year, "metadata", ""};
    publish(dir.path(), {full, partial});
    const auto searcher = Searcher::start(dir.path());
    Request request;
    request.text = "rapeseed protocol";
    request.order = index::Order::newest;

    CHECK(titles(expect(searcher->search(request))) == Strings{"Full"});
    request.text = "rapeseed protocol zebra";
    CHECK(titles(expect(searcher->search(request))) == Strings{"Partial", "Full"});
}

TEST_CASE("a question finds its answer though not all its words are there", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "Bridge", "The bridge across the river opened in May."),
                         make_document(2, "Harvest", "The harvest was good.")});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "When did the new bridge across our river open?");

    CHECK(titles(reply) == Strings{"Bridge"});
}

TEST_CASE("scattered characters are no match for a Chinese name", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "诱饵", "木齐 鲁木 乌鲁", "zh"),
                         make_document(2, "新闻", "他去了乌鲁木齐市。", "zh")});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "乌鲁木齐");

    REQUIRE(reply.total == 1);
    CHECK(marked(reply.hits[0].snippet) == Strings{"乌鲁木齐"});
}

TEST_CASE("part of a Chinese word finds it", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "大学", "他毕业于清华大学。", "zh")});
    const auto searcher = Searcher::start(dir.path());

    CHECK(ask(*searcher, "清华").total == 1);
    CHECK(ask(*searcher, "大学").total == 1);
    CHECK(ask(*searcher, "华").total == 1);
}

TEST_CASE("a phrase that no document has is read as its words, and the answer says so", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "the port is dry"), make_document(2, "Two", "a river")});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "\"dry port\"");

    CHECK(titles(reply) == Strings{"One"});
    CHECK(reply.warnings.size() == 1);
    CHECK(ask(*searcher, "\"port is dry\"").warnings.empty());
    CHECK(ask(*searcher, "zebra").total == 0);
}

TEST_CASE("nothing typed shows everything, newest first", "[search]") {
    const TempDir dir;
    auto old = make_document(1, "Old", "x");
    old.date = {"2001", index::Precision::year, "metadata", ""};
    auto recent = make_document(2, "New", "x");
    recent.date = {"2020", index::Precision::year, "metadata", ""};
    publish(dir.path(), {old, recent, make_document(3, "Undated", "x")});
    const auto searcher = Searcher::start(dir.path());

    CHECK(titles(ask(*searcher, "")) == Strings{"New", "Old", "Undated"});
}

TEST_CASE("pages follow each other without gap or repeat, with one total", "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 25; ++i)
        documents.push_back(make_document(i, "t", "common " + std::to_string(i)));
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());
    std::vector<std::string> seen;
    for (std::uint32_t page = 1; page <= 4; ++page) {
        Request request;
        request.text = "common";
        request.page = page;
        const Reply reply = expect(searcher->search(request));
        CHECK(reply.total == 25);
        for (const Hit& hit : reply.hits) seen.push_back(hit.document.id);
    }
    CHECK(seen.size() == 25);
    std::ranges::sort(seen);
    CHECK(std::ranges::adjacent_find(seen) == seen.end());
}

TEST_CASE("filters narrow: any value within a name, every name together", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "common", "en"), make_document(2, "Two", "common", "ru"),
                         make_document(3, "Three", "common", "kk")});
    const auto searcher = Searcher::start(dir.path());
    Request request;
    request.text = "common";
    request.filters[index::Facet::lang] = {"en", "kk"};

    CHECK(expect(searcher->search(request)).total == 2);
    request.filters[index::Facet::format] = {"html"};
    CHECK(expect(searcher->search(request)).total == 0);
}

TEST_CASE("a stored document is shown whole, with the query's words lit", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "Bridges", "One bridge.\n\nTwo rivers.")});
    const auto searcher = Searcher::start(dir.path());

    const Shown shown = expect(searcher->document(hex_id(1), "bridge"));

    CHECK(shown.body.text == "One bridge.\n\nTwo rivers.");
    CHECK(marked(shown.body) == Strings{"bridge"});
    CHECK(marked(shown.title) == Strings{"Bridges"});
    CHECK(searcher->document("nosuchid", "").error().code == Errc::not_found);
}

TEST_CASE("a document without body or title can be found and shown", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "Only a title", ""), make_document(2, "", "only a body")});
    const auto searcher = Searcher::start(dir.path());

    CHECK(ask(*searcher, "title").hits.at(0).snippet.text.empty());
    CHECK(ask(*searcher, "body").hits.at(0).title.text.empty());
}
