// Names in four scripts, looked for in a real index.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "query/variants.hpp"
#include "search/searcher.hpp"
#include "support/replies.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

// A few lines about one event as papers of four languages have it, and ordinary words beside.
const std::vector<index::Document>& papers() {
    static const std::vector<index::Document> documents{
        make_document(1, "", "We saw how President Tokayev met Ma Xingrui, who came from Ürümqi, in Astana."),
        make_document(2, "", "Вчера президент Токаев принял Ма Синжуя, который прилетел из Урумчи в Астану.",
                      "ru"),
        make_document(
            3, "", "Кеше президент Тоқаев Үрімжіден келген қонақты қабылдады, кездесу Алматыда өтті.", "kk"),
        make_document(4, "", "托卡耶夫在阿斯塔纳会见了来自乌鲁木齐的马兴瑞。", "zh"),
        make_document(5, "",
                      "The finish was near, and the Finnish team saw the thrust of it; they trust the seam."),
        make_document(6, "", "We saw that the Uyghur quarter and the Uygur market of Urumqi are old."),
    };
    return documents;
}

const search::Searcher& searcher() {
    static const TempDir dir;
    static const auto started = [] {
        publish(dir.path(), papers());
        return search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    }();
    return *started;
}

search::Reply ask(const std::string& text, bool variants = true) {
    search::Request request;
    request.text = text;
    request.variants = variants;
    return expect(searcher().search(request));
}

std::string lit(const search::Marked& marked) {
    std::string words;
    for (const text::Span mark : marked.marks)
        words += (words.empty() ? "" : "|") + marked.text.substr(mark.begin, mark.end - mark.begin);
    return words;
}

}  // namespace

TEST_CASE("a name is found in every script and spelling, whichever was typed", "[query]") {
    for (const std::string typed :
         {"Tokayev", "tokaev", "Toqaev", "Токаев", "Токаева", "Тоқаев", "Тоқаевтың", "托卡耶夫"}) {
        INFO(typed);
        CHECK(set_of(ask(typed)) == numbered({1, 2, 3, 4}));
    }
    for (const std::string typed : {"Urumqi", "Ürümqi", "Урумчи", "Үрімжі", "乌鲁木齐", "烏魯木齊"}) {
        INFO(typed);
        CHECK(set_of(ask(typed)) == numbered({1, 2, 3, 4, 6}));
    }
    for (const std::string typed : {"Xingrui", "Xingruy", "Ma Xingrui", "Синжуй", "Ма Синжуй", "马兴瑞"}) {
        INFO(typed);
        CHECK(set_of(ask(typed)) == numbered({1, 2, 4}));
    }
}

TEST_CASE("the spelling that was typed comes first", "[query]") {
    for (const auto& [typed, first] :
         {std::pair<std::string, std::size_t>{"Tokayev", 1}, {"Токаев", 2}, {"Тоқаев", 3}, {"托卡耶夫", 4}}) {
        INFO(typed);
        CHECK(ids_of(ask(typed)).front() == hex_id(first));
    }
    CHECK(ids_of(ask("Ürümqi")).front() == hex_id(1));
    CHECK(ids_of(ask("Urumqi")).front() == hex_id(6));
}

TEST_CASE("what stands in the text is lit, whatever was typed", "[query]") {
    const search::Reply reply = ask("Tokayev");
    std::set<std::string> marks;
    for (const search::Hit& hit : reply.hits) marks.insert(lit(hit.snippet));
    CHECK(marks == std::set<std::string>{"Tokayev", "Токаев", "Тоқаев", "托卡耶夫"});
}

TEST_CASE("an answer says what was looked for as well, and why", "[query]") {
    const search::Reply alias = ask("urumqi");
    REQUIRE(alias.expansions.size() == 1);
    CHECK(alias.expansions[0].term == "urumqi");
    CHECK(alias.expansions[0].why == "alias:place/urumqi");
    CHECK(std::ranges::count(alias.expansions[0].also, "乌鲁木齐") == 1);

    CHECK(ask("urumqi Urumqi").expansions.size() == 1);
    CHECK(std::ranges::count(ask("xingrui").expansions.at(0).also, "xingrui") == 0);

    const search::Reply spelling = ask("Uighur quarter");
    REQUIRE(spelling.expansions.size() == 1);
    CHECK(std::ranges::count(spelling.expansions[0].also, "uygur") +
              std::ranges::count(spelling.expansions[0].also, "Uygur") ==
          1);
}

TEST_CASE("without variants, in quotes and after = only the spelling that was typed is found", "[query]") {
    CHECK(set_of(ask("Tokayev", false)) == numbered({1}));
    CHECK(ask("Tokayev", false).expansions.empty());
    CHECK(set_of(ask("\"Tokayev\"")) == numbered({1}));
    CHECK(set_of(ask("=Tokayev")) == numbered({1}));
    CHECK(set_of(ask("=uyghur")) == numbered({6}));
}

TEST_CASE("ordinary words have no variants", "[query]") {
    for (const std::string typed :
         {"finish", "thrust", "trust", "seam", "quarter", "market", "қонақты", "вчера"}) {
        INFO(typed);
        CHECK(ask(typed).expansions.empty());
    }
}

TEST_CASE("names of several words are one thing, and their words still count", "[query]") {
    const search::Reply reply = ask("Ма Синжуй Урумчи");
    CHECK(ids_of(reply).front() == hex_id(2));
    CHECK(set_of(reply) == numbered({1, 2, 3, 4, 6}));  // the last two by half of it
    CHECK(set_of(ask("title:Tokayev")).empty());
    CHECK(set_of(ask("Tokayev -Урумчи")).empty());
    CHECK(set_of(ask("Tokayev OR seam")) == numbered({1, 2, 3, 4, 5}));
}

TEST_CASE("a name of a time is looked for in documents of that time", "[query]") {
    const TempDir dir;
    std::vector<index::Document> documents{make_document(1, "", "The talks were held in Astana today."),
                                           make_document(2, "", "The talks were held in Nur-Sultan today."),
                                           make_document(3, "", "A man called Nur Sultan won.")};
    documents[1].date = {"2021-05-01", index::Precision::day, "byline", ""};
    documents[2].date = {"2005-05-01", index::Precision::day, "byline", ""};
    publish(dir.path(), documents);
    const auto there = search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    search::Request request;
    request.text = "Astana";
    CHECK(set_of(expect(there->search(request))) == numbered({1, 2}));
}

TEST_CASE("a name of a time is found among documents of all times", "[query]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    std::set<std::string> wanted;
    for (std::size_t number = 0; number < 60; ++number) {
        documents.push_back(make_document(number, "", "Talks in Nur-Sultan, and then more talks."));
        const auto year = 1990 + number % 35;
        if (number % 5 != 0)
            documents.back().date = {std::to_string(year) + (number % 2 == 0 ? "-06-07" : ""),
                                     number % 2 == 0 ? index::Precision::day : index::Precision::year, "text",
                                     ""};
        if (number % 5 == 0 || (year >= 2019 && year <= 2022)) wanted.insert(hex_id(number));
    }
    publish(dir.path(), documents);
    const auto there = search::Searcher::start(dir.path(), expect(query::load_aliases({})));
    search::Request request;
    request.text = "Astana";
    request.per_page = 100;
    CHECK(set_of(expect(there->search(request))) == wanted);
}

TEST_CASE("own aliases are read from files, and a wrong line is named", "[query]") {
    const TempDir dir;
    const auto file = dir.write("own.txt", "# ours\nbody: Dry Port Company = DPC = ДПК\n");
    const auto aliases = expect(query::load_aliases({file}));
    CHECK(std::ranges::any_of(
        aliases->groups(), [](const names::Group& group) { return group.label == "body/dry-port-company"; }));

    const auto wrong = query::load_aliases({dir.write("bad.txt", "A = B\nC\n")});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("bad.txt:2") != std::string::npos);
    CHECK_FALSE(query::load_aliases({dir.path() / "none.txt"}));
}

TEST_CASE("the forms of an alias are names, not ordinary words with the same stem", "[query]") {
    const TempDir dir;
    publish(dir.path(),
            {make_document(1, "Город", "Вчера в городе Семей открыли мост, и весь Семей гулял.", "ru"),
             make_document(2, "Дом", "Он взял свою семью и семи соседям дал семь ключей.", "ru"),
             make_document(3, "Town", "People of Semipalatinsk walked in Semipalatinsk.")});
    const index::Reader reader = open_live(dir.path());
    const auto aliases = expect(query::load_aliases({}));
    const query::Resolved resolved = query::resolve(query::parse("Semipalatinsk").syntax,
                                                    {reader.vocabulary(), reader.languages(), aliases.get()});
    const std::string query = index::to_string(resolved.strict);
    INFO(query);
    CHECK(query.find("семей") != std::string::npos);
    CHECK(query.find("семью") == std::string::npos);
    CHECK(query.find("семи") == std::string::npos);
}
