#include <algorithm>
#include <map>
#include <set>

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

// Four prints of one story, led by the first; only one of them names the ferry.
std::vector<index::Document> reprints() {
    std::vector<index::Document> documents;
    const auto print = [&](std::size_t number, const std::string& body, const std::string& date) {
        auto document = make_document(number, "Print " + std::to_string(number), body);
        document.date.value = date;
        document.group = hex_id(1);
        document.similar = 3;
        documents.push_back(document);
    };
    print(4, "The bridge opened, again.", "");
    print(2, "The bridge bridge opened beside the ferry.", "2022-03-01");
    print(1, "The bridge opened.", "2022-01-25");
    print(3, "The bridge opened, says the daily.", "2023");
    auto alone = make_document(5, "Alone", "Another bridge.");
    alone.date.value = "2022-02";
    documents.push_back(alone);
    documents.push_back(make_document(6, "Undated", "A bridge of no date."));
    return documents;
}

Reply ask(const Searcher& searcher, const std::string& text, index::Order order,
          index::Fold fold = index::Fold::on) {
    Request request;
    request.text = text;
    request.order = order;
    request.fold = fold;
    return expect(searcher.search(request));
}

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
    REQUIRE(reply.warnings.size() == 1);
    CHECK(reply.warnings[0].code == query::code_of(query::Trouble::no_phrase));
    CHECK(ask(*searcher, "\"port is dry\"").warnings.empty());
    CHECK(ask(*searcher, "zebra").total == 0);
}

TEST_CASE(
    "an answer says what the parser cannot know: no word at all, a date typed as words, none that matters",
    "[search]") {
    const TempDir dir;
    publish(dir.path(),
            {make_document(1, "One", "the port is dry and old"), make_document(2, "Two", "a river")});
    const auto searcher = Searcher::start(dir.path());
    const auto told = [&](const std::string& typed) {
        std::vector<std::pair<std::string, std::string>> all;
        for (const auto& [code, about, text] : ask(*searcher, typed).warnings) all.emplace_back(code, about);
        return all;
    };
    using Told = std::vector<std::pair<std::string, std::string>>;

    CHECK(told("!?") == Told{{"no_words", ""}});
    CHECK(told("2022-01-25") == Told{{"typed_date", "2022-01-25"}});
    CHECK(told("the zebra and").back() == Told::value_type{"no_match", ""});
    CHECK(told("port").empty());
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

TEST_CASE("near-duplicates are one hit, shown as their leader, with the number of the others", "[search]") {
    const TempDir dir;
    publish(dir.path(), reprints());
    const auto searcher = Searcher::start(dir.path());

    const Reply folded = ask(*searcher, "bridge");
    CHECK(folded.total == 3);
    CHECK(folded.total_exact);
    const auto story =
        std::ranges::find(folded.hits, "Print 1", [](const Hit& h) { return h.document.title; });
    REQUIRE(story != folded.hits.end());
    CHECK(story->document.similar == 3);
    CHECK(story->snippet.text == "The bridge opened.");
    // At the rank and with the score of the member that says "bridge" twice.
    const Reply all = ask(*searcher, "bridge", index::Order::relevance, index::Fold::off);
    CHECK(all.total == 6);
    const auto twice = std::ranges::find(all.hits, "Print 2", [](const Hit& h) { return h.document.title; });
    REQUIRE(twice != all.hits.end());
    CHECK(story->score == twice->score);
    CHECK(twice->document.similar == 3);
}

TEST_CASE("of a group whose leader does not match, the earliest dated match is shown", "[search]") {
    const TempDir dir;
    publish(dir.path(), reprints());
    const auto searcher = Searcher::start(dir.path());

    CHECK(titles(ask(*searcher, "ferry")) == Strings{"Print 2"});
    Request request;
    request.text = "bridge";
    request.dated = index::Dated{"2022-02", "", true};
    request.order = index::Order::oldest;
    CHECK(titles(expect(searcher->search(request))) == Strings{"Alone", "Print 2", "Undated"});
    CHECK(titles(ask(*searcher, "again OR daily", index::Order::relevance)) == Strings{"Print 3"});
}

TEST_CASE("sorted by date, a group stands where its shown member does, the undated last", "[search]") {
    const TempDir dir;
    publish(dir.path(), reprints());
    const auto searcher = Searcher::start(dir.path());
    using index::Fold;
    using index::Order;

    CHECK(titles(ask(*searcher, "bridge", Order::oldest)) == Strings{"Print 1", "Alone", "Undated"});
    CHECK(titles(ask(*searcher, "bridge", Order::newest)) == Strings{"Alone", "Print 1", "Undated"});
    CHECK(titles(ask(*searcher, "bridge", Order::newest, Fold::off)).front() == "Print 3");
    const auto oldest = titles(ask(*searcher, "bridge", Order::oldest, Fold::off));
    CHECK(std::set(oldest.end() - 2, oldest.end()) == std::set<std::string>{"Print 4", "Undated"});
}

TEST_CASE("paging through folded hits neither repeats nor loses one", "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 40; ++i) {
        auto document = make_document(i, "t", "common " + std::string(i % 7, 'x') + " common");
        if (i % 3 != 0) document.group = hex_id(100 + i % 11);
        if (i % 5 != 0) document.date.value = "20" + std::to_string(10 + i % 9);
        documents.push_back(document);
    }
    std::set<std::string> wanted;  // groups, and documents in none
    for (const auto& document : documents)
        wanted.insert(document.group.empty() ? document.id : document.group);
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());

    for (const auto order : {index::Order::relevance, index::Order::newest, index::Order::oldest})
        for (const std::uint32_t per_page : {1u, 2u, 3u}) {
            std::multiset<std::string> seen;
            Request request;
            request.text = "common";
            request.order = order;
            request.per_page = per_page;
            for (bool more = true; more; ++request.page) {
                const Reply reply = expect(searcher->search(request));
                CHECK(reply.total == wanted.size());
                CHECK(reply.total_exact);
                for (const Hit& hit : reply.hits)
                    seen.insert(hit.document.group.empty() ? hit.document.id : hit.document.group);
                more = !reply.hits.empty();
            }
            CHECK(seen == std::multiset<std::string>(wanted.begin(), wanted.end()));
        }
}

TEST_CASE("too few hits are counted folded, so that partial matches follow", "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 20; ++i) {
        documents.push_back(make_document(i, "Full", "rapeseed protocol"));
        documents.back().group = hex_id(0);
    }
    documents.push_back(make_document(30, "Partial", "a protocol"));
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());

    CHECK(titles(ask(*searcher, "rapeseed protocol")) == Strings{"Full", "Partial"});
    CHECK(ask(*searcher, "rapeseed protocol", index::Order::relevance, index::Fold::off).total == 20);
}

TEST_CASE("the others of a group are listed, the earliest first and the undated last", "[search]") {
    const TempDir dir;
    publish(dir.path(), reprints());
    const auto searcher = Searcher::start(dir.path());
    const auto titles_of = [](const Similar& similar) {
        Strings all;
        for (const auto& document : similar.documents) all.push_back(document.title);
        return all;
    };

    CHECK(titles_of(expect(searcher->similar(hex_id(1)))) == Strings{"Print 2", "Print 3", "Print 4"});
    CHECK(titles_of(expect(searcher->similar(hex_id(3)))) == Strings{"Print 1", "Print 2", "Print 4"});
    CHECK(expect(searcher->similar(hex_id(3))).total == 3);
    CHECK(expect(searcher->similar(hex_id(5))).documents.empty());
    CHECK(expect(searcher->similar(hex_id(5))).total == 0);
    CHECK(searcher->similar("nosuchid").error().code == Errc::not_found);
}

TEST_CASE("of a large group a hundred others are listed and all are counted", "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 150; ++i) {
        documents.push_back(make_document(i, "t", "x"));
        documents.back().group = hex_id(0);
    }
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());

    for (const std::size_t number : {0u, 149u}) {
        const Similar similar = expect(searcher->similar(hex_id(number)));
        CHECK(similar.total == 149);
        CHECK(similar.documents.size() == 100);
    }
}

TEST_CASE("furniture is found by its field alone, and is then what the snippet shows", "[search]") {
    const TempDir dir;
    auto article = make_document(1, "Bridge", "The bridge opened. Nothing else happened.");
    article.boilerplate = {{"Follow us on Telegram channels", 0}, {"Sign up for the newsletter", 20}};
    auto other = make_document(2, "Telegram", "The telegram was late.");
    publish(dir.path(), {article, other});
    const auto searcher = Searcher::start(dir.path());

    CHECK(titles(ask(*searcher, "telegram")) == Strings{"Telegram"});
    CHECK(ask(*searcher, "newsletter").total == 0);
    CHECK(ask(*searcher, "news*").total == 0);

    const Reply found = ask(*searcher, "boilerplate:TELEGRAM");
    CHECK(titles(found) == Strings{"Bridge"});
    CHECK(marked(found.hits[0].snippet) == Strings{"Telegram"});
    CHECK(found.hits[0].document.boilerplate.empty());
    CHECK(ask(*searcher, "boilerplate:\"sign up\"").total == 1);
    CHECK(ask(*searcher, "boilerplate:channel").total == 1);
    CHECK(ask(*searcher, "boilerplate:newsl*").total == 1);
    CHECK(ask(*searcher, "boilerplate:(follow NEAR/5 channels)").total == 1);
    CHECK(ask(*searcher, "boilerplate:\"channels sign\"").total == 0);
    CHECK(ask(*searcher, "boilerplate:bridge").total == 0);
    CHECK(ask(*searcher, "-boilerplate:telegram bridge").total == 0);
}

TEST_CASE("where the text has what was asked for, the snippet is of the text", "[search]") {
    const TempDir dir;
    auto article = make_document(1, "News", "The bridge opened.");
    article.boilerplate = {{"Follow us on Telegram", 0}};
    publish(dir.path(), {article});
    const auto searcher = Searcher::start(dir.path());

    CHECK(marked(ask(*searcher, "bridge boilerplate:telegram").hits.at(0).snippet) == Strings{"bridge"});
    CHECK(marked(ask(*searcher, "ferry OR boilerplate:telegram").hits.at(0).snippet) == Strings{"Telegram"});
    CHECK(ask(*searcher, "").hits.at(0).snippet.text == "The bridge opened.");
}

TEST_CASE("furniture does not change how the text's own words score", "[search]") {
    const TempDir dir;
    auto article = make_document(1, "News", "The bridge opened.");
    auto furnished = make_document(2, "News", "The bridge opened.");
    furnished.boilerplate = {{std::string("Follow us. ") + std::string(2000, 'x') + " bridge bridge", 0}};
    publish(dir.path(), {article, furnished});
    const auto searcher = Searcher::start(dir.path());

    const Reply reply = ask(*searcher, "bridge");

    REQUIRE(reply.hits.size() == 2);
    CHECK(reply.hits[0].score == reply.hits[1].score);
}

TEST_CASE("facets count the hits of the reading that answers, with its filters", "[search]") {
    const TempDir dir;
    auto documents = reprints();
    documents.push_back(make_document(7, "Ferry", "A ferry.", "ru"));
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());
    Request request;
    request.text = "bridge";
    request.facets = {index::Breakdown::lang, index::Breakdown::year};
    using Values = std::vector<index::FacetCount>;

    const Reply folded = expect(searcher->search(request));
    REQUIRE(folded.facets.size() == 2);
    CHECK(folded.facets[0].values == Values{{"en", 3}});
    CHECK(folded.facets[1].values == Values{{"2022", 2}, {"2023", 1}});
    request.fold = index::Fold::off;
    CHECK(expect(searcher->search(request)).facets[1].values == Values{{"2022", 3}, {"2023", 1}});
    request.dated = index::Dated{"2023", "", false};
    CHECK(expect(searcher->search(request)).facets[1].values == Values{{"2023", 1}});
    request.dated.reset();
    request.text = "bridge ferry";  // one has both; the others are partial matches
    CHECK(expect(searcher->search(request)).facets[0].values == Values{{"en", 6}, {"ru", 1}});
}

TEST_CASE("what all of a thousand documents have is found, left out, filtered by and counted", "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 1; i <= 2000; ++i) {
        auto document = make_document(i, "Number" + std::to_string(i), i % 2 == 0 ? "bridge even" : "bridge");
        document.date.value = "2022-05-" + std::to_string(10 + i % 9);
        document.group = hex_id(i - i % 4 + 4);
        documents.push_back(std::move(document));
    }
    publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());
    const auto total = [&](const std::string& text, index::Order order, index::Fold fold) {
        Request request;
        request.text = text;
        request.order = order;
        request.fold = fold;
        request.facets = {index::Breakdown::format, index::Breakdown::year};
        request.filters[index::Facet::lang] = {"en"};
        const Reply reply = expect(searcher->search(request));
        for (const auto& facet : reply.facets)
            CHECK((facet.values.empty() ? 0 : facet.values.front().count) == reply.total);
        return reply.total;
    };

    for (const auto order : {index::Order::relevance, index::Order::newest, index::Order::oldest}) {
        CAPTURE(static_cast<int>(order));
        CHECK(total("format:txt", order, index::Fold::off) == 2000);
        CHECK(total("bridge", order, index::Fold::off) == 2000);
        CHECK(total("bridge", order, index::Fold::on) == 501);
        CHECK(total("even -number2", order, index::Fold::off) == 999);
        CHECK(total("even -bridge", order, index::Fold::off) == 0);
        CHECK(total("=bridge even OR bridg*", order, index::Fold::off) == 2000);
        CHECK(total("date:2022", order, index::Fold::off) == 2000);
        CHECK(total("date:2021-02..2022-11", order, index::Fold::off) == 2000);
    }
}
