// What was indexed is found and lit: for every word of every sample, searching it finds the
// document, and its stored text shows the word marked.
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"

#include "search/searcher.hpp"
#include "support/served_index.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

struct Occurrence {
    std::string typed;
    std::set<std::string> documents;
};

std::vector<index::Document> all_documents(const std::filesystem::path& root) {
    const index::Reader reader = open_live(root);
    std::vector<index::Document> documents;
    for (const index::Match& match : expect(reader.match({index::Everything{}}, {0, 10'000})).items)
        documents.push_back(expect(reader.fetch(match)));
    return documents;
}

bool lights(const search::Marked& text) {
    return !text.marks.empty();
}

}  // namespace

TEST_CASE("every word of every sample is found, and lit where it stands", "[programs]") {
    const TempDir dir;
    const auto built = run_program("izde-indexer", {"rebuild", "--quiet", "--index", dir.path().string(),
                                                    std::string(IZDE_ROOT) + "/samples"});
    REQUIRE(built.code == 0);
    const auto documents = all_documents(dir.path());
    REQUIRE(documents.size() >= 40);
    std::map<std::string, Occurrence> words;  // by spelling
    for (const index::Document& document : documents)
        for (const std::string& text : {document.title, document.body})
            for (const text::Token& token : text::analyze(text, document.lang)) {
                Occurrence& word = words[token.exact];
                word.typed = text.substr(token.span.begin, token.span.end - token.span.begin);
                word.documents.insert(document.id);
            }
    REQUIRE(words.size() > 3000);

    const auto searcher = search::Searcher::start(dir.path());
    for (const auto& [exact, word] : words) {
        INFO(word.typed << " (" << exact << ")");
        search::Request request;
        request.text = "\"" + word.typed + "\"";
        request.per_page = 100;
        request.fold = index::Fold::off;
        const search::Reply reply = expect(searcher->search(request));
        std::set<std::string> found;
        for (const search::Hit& hit : reply.hits) {
            found.insert(hit.document.id);
            if (!lights(hit.title) && !lights(hit.snippet)) FAIL_CHECK("not lit in " << hit.document.path);
        }
        REQUIRE(std::ranges::includes(found, word.documents));
        REQUIRE(reply.total >= word.documents.size());
    }
}
