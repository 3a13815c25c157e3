#include <algorithm>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "query/variants.hpp"
#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

using Strings = std::vector<std::string>;

Request request_for(const std::string& text) {
    Request request;
    request.text = text;
    return request;
}

Explanation why(const Searcher& searcher, const std::string& text, std::size_t number) {
    return expect(searcher.explain(request_for(text), hex_id(number)));
}

const Asked& word(const Explanation& explanation, const std::string& text) {
    const auto found = std::ranges::find(explanation.words, text, &Asked::text);
    REQUIRE(found != explanation.words.end());
    return *found;
}

Strings sought(const Asked& asked, const std::string& tier) {
    const auto found = std::ranges::find(asked.sought, tier, &Sought::tier);
    return found == asked.sought.end() ? Strings{} : found->forms;
}

std::vector<index::Document> news() {
    auto crossing =
        make_document(1, "The bridges of Ürümqi", "Two bridges cross the river. A café is near the river.");
    crossing.boilerplate = {{"Subscribe to our newsletter", 0}};
    crossing.author = "Ann Lee";
    crossing.date.value = "2022-01-25";
    auto speech = make_document(2, "Тоқаевтың сапары", "Тоқаев Қытайға барды. Тоқаев сөз сөйледі.", "kk");
    auto trade = make_document(3, "新疆的贸易", "新疆的贸易在2022年增长了。", "zh");
    auto ferry = make_document(4, "A ferry", "The ferry is not a bridge. The toll is high.");
    ferry.date.value = "2023";
    return {crossing, speech, trade, ferry};
}

struct Served {
    TempDir dir;
    std::unique_ptr<Searcher> searcher;
    explicit Served(const std::vector<index::Document>& documents) {
        publish(dir.path(), documents);
        searcher = Searcher::start(dir.path(), expect(query::load_aliases({})));
    }
};

}  // namespace

TEST_CASE("an explanation says in which form and where a word was found", "[explain]") {
    const Served news_index(news());
    const Explanation bridge = why(*news_index.searcher, "bridge river", 1);

    CHECK(bridge.matches);
    CHECK(bridge.all_of_it);
    CHECK(bridge.rank == 1u);
    CHECK(bridge.score > 0);
    CHECK(bridge.summary == "It has all that was asked for and is number 1 of 2.");
    const Asked& asked = word(bridge, "bridge");
    CHECK(asked.tokens == Strings{"bridge"});
    CHECK(asked.stems.at("en") == "bridg");
    CHECK(asked.found ==
          std::vector<Finding>{{"bridges", "stem", "title", 1}, {"bridges", "stem", "body", 1}});
    CHECK(sought(asked, "exact") == Strings{"bridge"});
    CHECK(sought(asked, "stem") == Strings{"bridges"});
    CHECK(word(bridge, "river").found == std::vector<Finding>{{"river", "exact", "body", 2}});
}

TEST_CASE("accents, names, phrases and beginnings have a tier each", "[explain]") {
    const Served news_index(news());
    const auto found = [&](const std::string& text, std::size_t number) {
        return why(*news_index.searcher, text, number).words.at(0).found;
    };
    CHECK(found("cafe", 1) == std::vector<Finding>{{"café", "accents", "body", 1}});
    CHECK(found("\"two bridges\"", 1) == std::vector<Finding>{{"two bridges", "phrase", "body", 1}});
    CHECK(found("brid*", 1).at(0) == Finding{"bridges", "prefix", "title", 1});
    CHECK(found("Tokayev", 2).at(0).tier == "variant");
    CHECK(found("Токаев", 2).at(0).tier == "variant");
    CHECK(found("新疆", 3) ==
          std::vector<Finding>{{"新疆", "phrase", "title", 1}, {"新疆", "phrase", "body", 1}});
    CHECK(found("=ferry", 4).at(0) == Finding{"ferry", "exact", "title", 1});
    CHECK(found("title:ferry", 4).size() == 2);
}

TEST_CASE("what is missing is told with the step at which it was lost", "[explain]") {
    const Served news_index(news());
    const auto failed = [&](const std::string& text, std::size_t number) {
        const Explanation explanation = why(*news_index.searcher, text, number);
        return explanation.words.at(0).failed_at;
    };
    CHECK(failed("zzqqx", 1) == "not in the index");
    CHECK(failed("ferry", 1) == "not in this document");
    CHECK(failed("newsletter", 1) == "not in the index");
    CHECK(failed("boilerplate:newsletter", 1).empty());
    CHECK(failed("\"bridges two\"", 1) == "not in the index");
    CHECK(failed("title:toll", 4) == "not in the index");
    CHECK(failed("-toll", 4) == "excluded by -toll");
    CHECK(failed("-toll", 1).empty());
}

TEST_CASE("a word that only the furniture has was lost there", "[explain]") {
    std::vector<index::Document> documents = news();
    documents.push_back(make_document(5, "A newsletter", "Our newsletter is out."));
    const Served served(documents);

    CHECK(why(*served.searcher, "newsletter", 1).words.at(0).failed_at == "only in its furniture");
    CHECK(why(*served.searcher, "newsletter", 1).summary == "It lacks “newsletter”: only in its furniture.");
}

TEST_CASE("words of grammar may be lacking", "[explain]") {
    const Served news_index(news());
    const Explanation explanation = why(*news_index.searcher, "with bridge", 1);

    CHECK(explanation.matches);
    CHECK(word(explanation, "with").stop);
    CHECK_FALSE(word(explanation, "with").passes);
}

TEST_CASE("filters say what they want, what the document has, and whether that is enough", "[explain]") {
    const Served news_index(news());
    Request request = request_for("bridge lang:en -author:ann");
    request.filters[index::Facet::lang] = {"kk", "ru"};
    request.dated = index::Dated{"2022", "2023-06", false};
    const Explanation explanation = expect(news_index.searcher->explain(request, hex_id(1)));

    CHECK_FALSE(explanation.matches);
    std::map<std::string, Passed> filters;
    for (const Passed& one : explanation.filters) filters[one.name + " " + one.wanted] = one;
    REQUIRE(filters.size() == 4);
    CHECK(filters.at("lang kk or ru").has == "en");
    CHECK_FALSE(filters.at("lang kk or ru").passes);
    CHECK(filters.at("lang en").passes);
    CHECK_FALSE(filters.at("author -ann").passes);
    CHECK(filters.at("author -ann").has == "Ann Lee");
    CHECK(filters.at("date 2022..2023-06").passes);
    const Explanation undated = expect(news_index.searcher->explain(request, hex_id(2)));
    CHECK(std::ranges::find(undated.filters, "date", &Passed::name)->has.empty());
}

TEST_CASE("a document that is folded is told to stand under another", "[explain]") {
    std::vector<index::Document> documents = news();
    for (const std::size_t number : {5u, 6u}) {
        documents.push_back(make_document(number, "Print", "The tunnel opened."));
        documents.back().group = hex_id(5);
        documents.back().similar = 1;
    }
    const Served served(documents);

    const Explanation folded = why(*served.searcher, "tunnel", 6);
    CHECK(folded.matches);
    CHECK_FALSE(folded.rank);
    CHECK(folded.shown_as == hex_id(5));
    CHECK(why(*served.searcher, "tunnel", 5).rank == 1u);
}

TEST_CASE("an unknown document has no explanation", "[explain]") {
    const Served news_index(news());
    const auto explanation = news_index.searcher->explain(request_for("bridge"), hex_id(99));

    REQUIRE_FALSE(explanation);
    CHECK(explanation.error().code == Errc::not_found);
}

TEST_CASE("what an explanation says of a match is what the search does", "[explain]") {
    std::mt19937 random(20261122);
    const Strings words{"bridge", "bridges", "river", "port", "the", "мост", "мосту",
                        "река",   "新疆",    "新",    "2022", "и",   "中国"};
    const auto one = [&] { return words[random() % words.size()]; };
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 30; ++i) {
        std::string body;
        for (std::size_t n = random() % 9; n-- > 0;) body += one() + " ";
        documents.push_back(make_document(i, one() + " " + one(), body, i % 2 == 0 ? "en" : "ru"));
        documents.back().date.value = i % 3 == 0 ? "2022-05" : "";
    }
    const Served served(documents);
    const Strings pieces{"",  "-",  "\"",       "title:",     "=",  "OR ",
                         "(", ") ", "lang:en ", "date:2022 ", "* ", "NEAR/2 "};
    for (int round = 0; round < 150; ++round) {
        Request request;
        for (std::size_t n = 1 + random() % 4; n-- > 0;)
            request.text += pieces[random() % pieces.size()] + one() + " ";
        request.per_page = 100;
        request.snippet_width = 0;
        if (random() % 4 == 0) request.filters[index::Facet::lang] = {"ru"};
        std::map<std::string, std::pair<std::size_t, double>> hits;
        for (const Hit& hit : expect(served.searcher->search(request)).hits)
            hits.emplace(hit.document.id, std::pair(hits.size() + 1, hit.score));
        for (const index::Document& document : documents) {
            const Explanation explanation = expect(served.searcher->explain(request, document.id));
            CAPTURE(request.text, document.title, document.body, explanation.summary);
            const auto hit = hits.find(document.id);
            REQUIRE(explanation.matches == (hit != hits.end()));
            REQUIRE(explanation.total == hits.size());
            if (hit == hits.end()) continue;
            REQUIRE(explanation.rank == hit->second.first);
            REQUIRE(explanation.score == Approx(hit->second.second));
        }
    }
}
