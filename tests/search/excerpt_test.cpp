// The snippet of a long text, of which only some parts are read, is as good as one cut from all of it.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "search/excerpt.hpp"
#include "search/searcher.hpp"
#include "search/wanted_words.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"
#include "support/units_lit.hpp"

using namespace izde;
using namespace izde::tests;
using namespace izde::test;

namespace {

// Sentences of words of which few are frequent and most are rare; paragraphs of some of them.
std::string made_text(const std::vector<std::string>& words, const std::string& space, std::size_t bytes,
                      unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < bytes) {
        for (std::size_t sentence = 1 + random() % 5; sentence > 0; --sentence) {
            for (std::size_t word = 4 + random() % 12; word > 0; --word)
                text.append(words[random() % (1 + random() % words.size())]).append(word > 1 ? space : "");
            text += space.empty() ? "。" : ". ";
        }
        text += random() % 3 == 0 ? "\n\n" : "\n";
    }
    return text;
}

std::vector<std::string> made_words(const std::vector<std::string>& parts, std::size_t count) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i)
        words.push_back(parts[i % parts.size()] + parts[i / parts.size() % parts.size()] +
                        parts[(i * 7 + 3) % parts.size()]);
    return words;
}

const std::vector<std::string> latin = made_words({"ka", "lo", "mi", "ter", "shu", "ban", "ro"}, 300);
const std::vector<std::string> cyrillic = made_words({"ка", "ло", "ми", "тер", "шу", "бан", "ро"}, 300);
const std::vector<std::string> han = made_words({"新", "疆", "贸", "易", "铁", "路", "城"}, 300);

struct Kind {
    std::vector<std::string> words;
    std::string space, lang;
};
const std::vector<Kind> kinds{{latin, " ", "en"}, {cyrillic, " ", "ru"}, {han, "", "zh"}};

std::vector<index::Document> made_documents() {
    std::vector<index::Document> documents;
    for (unsigned i = 0; i < 12; ++i) {
        const Kind& kind = kinds[i % kinds.size()];
        const std::string body = made_text(kind.words, kind.space, 20'000 + 17'000 * i, i);
        documents.push_back(
            make_document(i + 1, body.substr(0, text::code_point_begin(body, 60)), body, kind.lang));
    }
    return documents;
}

// Words, phrases and beginnings of words, of a text.
std::vector<std::string> made_queries(const Kind& kind, unsigned seed) {
    std::mt19937 random(seed);
    const auto word = [&] { return kind.words[random() % kind.words.size()]; };
    std::vector<std::string> queries;
    for (int i = 0; i < 5; ++i) {
        queries.push_back(word());
        queries.push_back(word() + " " + word());
        queries.push_back(word() + " " + word() + " " + word());
        queries.push_back("\"" + word() + kind.space + word() + "\" " + word());
        queries.push_back(word().substr(0, 6) + "* " + word());
    }
    return queries;
}

// Without the signs of what was cut.
std::string inner(std::string text) {
    for (const std::string sign : {"… ", " …", "…"}) {
        if (text.starts_with(sign)) text.erase(0, sign.size());
        if (text.ends_with(sign)) text.resize(text.size() - sign.size());
    }
    return text;
}

std::string one_line(const std::string& text) {
    std::string line;
    for (const char c : text)
        if (c != '\n')
            line += c;
        else if (!line.ends_with(' '))
            line += ' ';
    return line;
}

struct Asked {
    index::Reader reader;
    query::Resolved resolved;
    search::Finder finder;
    Asked(const std::filesystem::path& generation, const std::string& text)
        : reader(expect(index::Reader::open(generation))),
          resolved(
              query::resolve(query::parse(text).syntax, {reader.vocabulary(), reader.languages(), nullptr})),
          finder(resolved.wanted) {}
};

}  // namespace

TEST_CASE("an excerpt shows as many of the wanted words as a snippet of all the text", "[excerpt]") {
    const TempDir dir;
    const std::vector<index::Document> documents = made_documents();
    const auto generation = publish(dir.path(), documents);
    const std::size_t width = GENERATE(60, 200, 500);
    std::size_t compared = 0, worse = 0;
    for (unsigned seed = 0; seed < kinds.size(); ++seed)
        for (const std::string& text : made_queries(kinds[seed], seed)) {
            const Asked asked(generation, text);
            const auto found = expect(asked.reader.match(asked.resolved.relaxed, {}));
            for (const index::Match& match : found.items) {
                const auto peeked = expect(asked.reader.peek(match));
                if (peeked.long_body.pieces.empty()) continue;
                const auto whole = expect(asked.reader.fetch(match));
                const auto excerpt = expect(search::make_excerpt(asked.reader, peeked, asked.finder, width));
                REQUIRE(excerpt);
                CAPTURE(text, excerpt->text);
                check_marks(*excerpt);
                REQUIRE(text::display_width(excerpt->text) <= width);
                REQUIRE(one_line(whole.body).find(inner(excerpt->text)) != std::string::npos);
                const Marked best =
                    search::make_snippet(whole.body, whole.lang, asked.finder, width, whole.title);
                ++compared;
                worse +=
                    units_lit(*excerpt, whole.lang, asked.finder) < units_lit(best, whole.lang, asked.finder);
                REQUIRE(excerpt->text.starts_with("…") ==
                        !whole.body.starts_with(inner(excerpt->text).substr(0, 20)));
            }
        }
    CAPTURE(compared, worse);
    CHECK(compared > 100);
    CHECK(worse * 100 <= compared);
}

TEST_CASE("the only place of a word is shown wherever it stands in a long text", "[excerpt]") {
    const TempDir dir;
    const std::string filler = made_text(latin, " ", 1'500'000, 9);
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < 5; ++i) {
        std::string body = filler;
        const std::size_t at = std::min(i * 380'000, body.size());
        body.insert(at == body.size() ? at : body.find(' ', at), " " + latin.front() + " Zanzibar ferry");
        documents.push_back(make_document(i + 1, "Boats", body));
    }
    publish(dir.path(), documents);
    const auto searcher = search::Searcher::start(dir.path());
    search::Request request;
    const std::string after_frequent = "\"" + latin.front() + " zanzibar\"";
    for (const std::string& text :
         {std::string("zanzibar"), std::string("zanzibar ferry"), std::string("\"zanzibar ferry\""),
          std::string("zanzib*"), after_frequent}) {
        request.text = text;
        const auto reply = expect(searcher->search(request));
        REQUIRE(reply.hits.size() == documents.size());
        CHECK(reply.warnings.empty());
        for (const search::Hit& hit : reply.hits) {
            CAPTURE(text, hit.document.id, hit.snippet.text);
            CHECK(shown(hit.snippet).find("Zanzibar") != std::string::npos);
            CHECK_FALSE(hit.snippet.marks.empty());
        }
    }
}

TEST_CASE("a long text that begins with its title shows what follows, if that is as good", "[excerpt]") {
    const TempDir dir;
    const std::string title = "The harbour of Zanzibar";
    const std::string rest = made_text(latin, " ", 60'000, 4) + "Ships leave Zanzibar at dawn.\n" +
                             made_text(latin, " ", 60'000, 5);
    const auto generation = publish(dir.path(), {make_document(1, title, title + "\n\n" + rest)});
    const auto snippet_for = [&](const std::string& text) {
        const Asked asked(generation, text);
        const auto found = expect(asked.reader.match({index::Everything{}}, {}));
        const auto peeked = expect(asked.reader.peek(found.items.at(0)));
        return shown(*expect(search::make_excerpt(asked.reader, peeked, asked.finder, 200)));
    };
    CHECK(snippet_for("zanzibar").find("Ships leave [Zanzibar] at dawn") != std::string::npos);
    CHECK(snippet_for("harbour").find("The [harbour] of Zanzibar") == 0);
    CHECK(snippet_for("nowhere").find("harbour") == std::string::npos);
    CHECK(snippet_for("nowhere").starts_with("…"));
}
