#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "izde/index/reader.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

std::vector<std::string> ids_of(const Reader& reader, const Query& query, Order order = Order::relevance) {
    std::vector<std::string> ids;
    for (const Match& match : expect(reader.match(query, {0, 100, order})).items)
        ids.push_back(expect(reader.fetch(match)).id);
    return ids;
}

Document dated(std::size_t number, const std::string& value, Precision precision) {
    Document document = make_document(number, "t", "common word");
    document.date = {value, precision, "metadata", value};
    return document;
}

using Ids = std::vector<std::string>;

Word word(const std::string& exact, std::optional<Field> in = {}) {
    return {{{{exact}, 1.0}}, in};
}

Word any_form(const std::string& exact, const Reader& reader) {
    return {{{reader.vocabulary().forms("en", "export"), 1.0}, {{exact}, 0.25}}, {}};
}

}  // namespace

TEST_CASE("a word in the title outranks the same word in the body", "[index]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "Harvest", "a bridge was built"),
                         make_document(2, "Bridge", "a field was sown")});
    const Reader reader = open_live(dir.path());

    CHECK(ids_of(reader, {word("bridge")}) == Ids{hex_id(2), hex_id(1)});
    CHECK(ids_of(reader, {word("bridge", Field::title)}) == Ids{hex_id(2)});
}

TEST_CASE("the exact form outranks another form of the word", "[index]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "", "they exported grain today"),
                         make_document(2, "", "the exports of grain today")});
    const Reader reader = open_live(dir.path());

    CHECK(ids_of(reader, {any_form("exports", reader)}) == Ids{hex_id(2), hex_id(1)});
    CHECK(ids_of(reader, {any_form("exported", reader)}) == Ids{hex_id(1), hex_id(2)});
}

TEST_CASE("a phrase stands in one text, in order, side by side", "[index]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "dry", "port of call"), make_document(2, "x", "the dry port"),
                         make_document(3, "x", "port dry"), make_document(4, "x", "dry\n\nport")});
    const Reader reader = open_live(dir.path());

    CHECK(ids_of(reader, {Phrase{{{"dry"}, {"port"}}, {}}}) == Ids{hex_id(2)});
}

TEST_CASE("newest and oldest sort by the document's date, undated documents last", "[index]") {
    const TempDir dir;
    publish(dir.path(), {dated(1, "2022-01-25", Precision::day), make_document(2, "t", "common word"),
                         dated(3, "2023", Precision::year), dated(4, "2022-01", Precision::month)});
    const Reader reader = open_live(dir.path());
    const Query everything{Everything{}};

    CHECK(ids_of(reader, everything, Order::newest) == Ids{hex_id(3), hex_id(1), hex_id(4), hex_id(2)});
    CHECK(ids_of(reader, everything, Order::oldest) == Ids{hex_id(4), hex_id(1), hex_id(3), hex_id(2)});
}

TEST_CASE("what the index saw last stands first, and of one run the newest, whatever the words weigh",
          "[index]") {
    const TempDir dir;
    std::vector<Document> documents{
        dated(1, "2022-01-25", Precision::day), make_document(2, "t", "common common common word"),
        dated(3, "2023", Precision::year),      dated(4, "1899", Precision::year),
        dated(5, "9999-12-31", Precision::day), dated(6, "1899", Precision::year)};
    // Numbers of which some bytes are zero, and of which a byte is above 7F.
    constexpr std::array<std::uint32_t, 6> seen{256, 256, 256, 4'000'000'000, 255, 4'000'000'000};
    for (std::size_t i = 0; i < seen.size(); ++i) documents[i].first_seen = seen.at(i);
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());

    const Ids wanted{hex_id(4), hex_id(6), hex_id(3), hex_id(1), hex_id(2), hex_id(5)};
    CHECK(ids_of(reader, {Everything{}}, Order::first_seen) == wanted);
    CHECK(ids_of(reader, {word("common")}, Order::first_seen) == wanted);
    CHECK(reader.manifest().last_new == 4'000'000'000);
}

TEST_CASE("a date range takes what may lie in it, and undated documents only when asked", "[index]") {
    const TempDir dir;
    publish(dir.path(), {dated(1, "2022-01-25", Precision::day), make_document(2, "t", "common word"),
                         dated(3, "2023", Precision::year), dated(4, "2022-03", Precision::month)});
    const Reader reader = open_live(dir.path());
    const auto found = [&](Dated range) {
        auto ids = ids_of(reader, {AllOf{{{Everything{}}, {range}}, {}, {}}});
        std::ranges::sort(ids);
        return ids;
    };

    CHECK(found({"2022", "2022", false}) == Ids{hex_id(1), hex_id(4)});
    CHECK(found({"2022-02", "", false}) == Ids{hex_id(3), hex_id(4)});
    CHECK(found({"", "2022-01-25", false}) == Ids{hex_id(1)});
    CHECK(found({"2023-05-05", "2023-05-06", false}) == Ids{hex_id(3)});
    CHECK(found({"2022-03-31", "2022-03-31", true}) == Ids{hex_id(2), hex_id(4)});
}

TEST_CASE("facets are compared without case, whole or by words", "[index]") {
    const TempDir dir;
    Document one = make_document(1, "t", "x");
    one.author = "Assel Satubaldina";
    Document two = make_document(2, "t", "x");
    two.author = "Assel";
    publish(dir.path(), {one, two});
    const Reader reader = open_live(dir.path());
    using Extent = Has::Extent;

    CHECK(ids_of(reader, {Has{Extent::whole, Facet::author, "ASSEL"}}) == Ids{hex_id(2)});
    CHECK(ids_of(reader, {Has{Extent::words, Facet::author, "assel"}}).size() == 2);
    CHECK(ids_of(reader, {Has{Extent::words, Facet::author, "satubaldina"}}) == Ids{hex_id(1)});
    CHECK(ids_of(reader, {Has{Extent::whole, Facet::lang, "en"}}).size() == 2);
}

TEST_CASE("a document is found by its id, or not at all", "[index]") {
    const TempDir dir;
    publish(dir.path(), {make_document(7, "Seven", "x")});
    const Reader reader = open_live(dir.path());

    CHECK(expect(reader.fetch(hex_id(7))).title == "Seven");
    CHECK(reader.fetch(hex_id(8)).error().code == Errc::not_found);
    CHECK(reader.fetch("").error().code == Errc::not_found);
    CHECK(reader.fetch(std::string(300, 'x')).error().code == Errc::not_found);
}

TEST_CASE("an open reader answers from its generation also when that is removed", "[index]") {
    const TempDir dir;
    const auto generation = publish(dir.path(), {make_document(1, "One", "bridge")});
    const Reader reader = open_live(dir.path());
    std::filesystem::remove_all(generation);

    CHECK(ids_of(reader, {word("bridge")}) == Ids{hex_id(1)});
}

TEST_CASE("thousands of documents in many segments are all there after the merge", "[index]") {
    const TempDir dir;
    std::vector<Document> documents;
    const std::string filler(4000, ' ');
    for (std::size_t i = 0; i < 12'000; ++i)
        documents.push_back(make_document(i, "t", "common w" + std::to_string(i) + " " + filler));
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());

    CHECK(expect(reader.match({word("common")}, {})).total == documents.size());
    CHECK(ids_of(reader, {word("w11999")}) == Ids{hex_id(11'999)});
    CHECK(ids_of(reader, {word("w0")}) == Ids{hex_id(0)});
    const auto alike = ids_of(reader, {word("common")});
    CHECK(std::ranges::is_sorted(alike));  // what scores the same stays in the order it was put
}

TEST_CASE("what every one of many documents has is found, excluded and counted", "[index]") {
    const TempDir dir;
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 1500; ++i)
        documents.push_back(make_document(i, "", i % 3 == 0 ? "common bridge" : "common"));
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());

    const Query english{Has{Has::Extent::whole, Facet::lang, "en"}}, common{word("common")};
    const Query bridge{word("bridge")}, undated{Dated{"2020", "2021", true}};
    struct Asked {
        Query query;
        std::uint64_t total;
    };
    const std::vector<Asked> table{{english, 1500},
                                   {common, 1500},
                                   {undated, 1500},
                                   {{Only{{common}}}, 1500},
                                   {{Prefix{"comm", {}}}, 1500},
                                   {{Phrase{{{"common"}}, {}}}, 1500},
                                   {{AnyOf{{bridge, english}}}, 1500},
                                   {{AnyOf{{bridge, undated}}}, 1500},
                                   {{Same{{bridge, {AllOf{{common, undated}, {}, {}}}}}}, 1500},
                                   {{AllOf{{bridge, english, undated}, {}, {}}}, 500},
                                   {{AllOf{{common}, {bridge}, {}}}, 1000},
                                   {{AllOf{{bridge}, {english}, {}}}, 0},
                                   {{AllOf{{bridge}, {common}, {}}}, 0}};
    for (const auto& [query, total] : table) {
        INFO(to_string(query));
        for (const Order order : {Order::relevance, Order::newest, Order::oldest}) {
            const auto matches = expect(reader.match(query, {1400, 200, order}));
            CHECK(matches.total == total);
            CHECK(matches.items.size() == (total > 1400 ? total - 1400 : 0));
        }
        const auto counted = expect(reader.count(query, std::array{Breakdown::lang}, Fold::off)).front();
        CHECK(counted.values ==
              (total == 0 ? std::vector<FacetCount>{} : std::vector<FacetCount>{{"en", total}}));
    }
}

TEST_CASE("many documents that are all of one group fold into one", "[index]") {
    const TempDir dir;
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 1500; ++i) {
        documents.push_back(make_document(i, "", "common"));
        documents.back().group = hex_id(0);
    }
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());

    for (const Order order : {Order::relevance, Order::newest, Order::oldest}) {
        const auto matches = expect(reader.match({word("common")}, {0, 10, order, Fold::on}));
        CHECK(matches.items.size() == 1);
        CHECK(matches.total == 1);
    }
}

TEST_CASE("a prefix stands for the most frequent words that begin with it", "[index]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "", "bridges"), make_document(2, "", "bridging"),
                         make_document(3, "", "brick")});
    const Reader reader = open_live(dir.path());

    CHECK(ids_of(reader, {Prefix{"bridg", {}}}).size() == 2);
    CHECK(ids_of(reader, {Prefix{"zz", {}}}).empty());
}

TEST_CASE("an index without documents can be published and searched", "[index]") {
    const TempDir dir;
    const auto generation = publish(dir.path(), {});
    expect(Reader::verify(generation));
    const Reader reader = open_live(dir.path());

    CHECK(expect(reader.match({Everything{}}, {})).total == 0);
    CHECK(reader.languages().empty());
}

TEST_CASE("an index of documents without a word is sound", "[index]") {
    const TempDir dir;
    expect(Reader::verify(publish(dir.path(), {make_document(1, "", "& & &\n")})));
}

TEST_CASE("one of several authors is enough", "[index]") {
    const TempDir dir;
    Document one = make_document(1, "t", "x");
    one.author = "Assel Satubaldina, Aigul Omar";
    Document two = make_document(2, "t", "x");
    two.author = "Aigul Omar";
    publish(dir.path(), {one, two});
    const Reader reader = open_live(dir.path());
    const auto by = [&](const std::string& name) {
        auto ids = ids_of(reader, {Has{Has::Extent::whole, Facet::author, name}});
        std::ranges::sort(ids);
        return ids;
    };

    CHECK(by("assel satubaldina") == Ids{hex_id(1)});
    CHECK(by("Aigul Omar") == Ids{hex_id(1), hex_id(2)});
    CHECK(by("Assel Satubaldina, Aigul Omar") == Ids{hex_id(1)});
    CHECK(by("Assel").empty());
}

TEST_CASE("facets say what most of the documents do, and sum what is too much to list", "[index]") {
    const TempDir dir;
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 130; ++i) {
        documents.push_back(make_document(i, "t", "x"));
        documents.back().place = i < 3 ? "ASTANA" : i < 7 ? "Astana" : "Place " + std::to_string(i);
    }
    documents.push_back(make_document(200, "t", "x"));
    documents.back().place = " \x01 ";
    publish(dir.path(), documents);
    const Reader reader = open_live(dir.path());

    const auto counts =
        expect(reader.count({Everything{}}, std::array{Breakdown::place, Breakdown::author}, Fold::on));

    REQUIRE(counts[0].values.size() == FacetCounts::most_values);
    CHECK(counts[0].values[0] == FacetCount{"Astana", 7});
    CHECK(counts[0].values[1] == FacetCount{"Place 10", 1});
    CHECK(counts[0].other == 24);
    CHECK(counts[1].values.empty());
}

TEST_CASE("values spelt as they are compared, and otherwise, are counted as one", "[index]") {
    const TempDir dir;
    std::vector<Document> documents;
    for (const char* authors : {"assel", "Assel, aigul", "Assel", "aigul, assel", "ASSEL"}) {
        documents.push_back(make_document(documents.size() + 1, "t", "x"));
        documents.back().author = authors;
    }
    publish(dir.path(), documents);

    const auto counts =
        expect(open_live(dir.path()).count({Everything{}}, std::array{Breakdown::author}, Fold::on));

    CHECK(counts.at(0).values == std::vector<FacetCount>{{"Assel", 5}, {"aigul", 2}});
}

TEST_CASE("a value too long for a term is cut, and what a facet shows of it finds it", "[index]") {
    const TempDir dir;
    Document document = make_document(1, "t", "x");
    for (int i = 0; i < 100; ++i) document.source += "Газета\n" + std::to_string(i) + " ";
    publish(dir.path(), {document});
    const Reader reader = open_live(dir.path());

    const auto counts = expect(reader.count({Everything{}}, std::array{Breakdown::source}, Fold::on));

    const std::string shown = counts.at(0).values.at(0).value;
    CHECK(shown.size() <= 200);
    CHECK(ids_of(reader, {Has{Has::Extent::whole, Facet::source, shown}}) == Ids{hex_id(1)});
    CHECK(ids_of(reader, {Has{Has::Extent::whole, Facet::source, document.source}}) == Ids{hex_id(1)});
}
