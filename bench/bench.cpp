// What izde costs beside the libraries it stands on, in the same run: analysis beside a plain ICU
// word iterator, building beside Xapian's own TermGenerator, searching beside a bare get_mset; and
// folding and facets beside searches without.
// The text is made here from a seed, so that a figure can be repeated anywhere.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <unicode/brkiter.h>
#include <unicode/utext.h>
#include <xapian.h>

#include "izde/text/analyze.hpp"

#include "commands.hpp"
#include "made_text.hpp"
#include "raw_xapian.hpp"
#include "search/searcher.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

namespace {

using namespace izde;
using namespace izde::bench;
using Clock = std::chrono::steady_clock;

constexpr std::size_t documents_made = 5000;
constexpr int rounds = 5;

double seconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

// Izde and its floor in turn, so that a drifting machine meets both.
struct Pair {
    double izde, floor;
};
Pair in_turn(const std::function<void()>& izde, const std::function<void()>& floor) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(seconds(izde));
        theirs.push_back(seconds(floor));
    }
    return {median(ours), median(theirs)};
}

void plain_icu(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    UText utext = UTEXT_INITIALIZER;
    utext_openUTF8(&utext, text.data(), static_cast<std::int64_t>(text.size()), &status);
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    words->setText(&utext, status);
    while (words->next() != icu::BreakIterator::DONE) {
    }
    utext_close(&utext);
}

void bench_analysis() {
    std::printf("analysis            MB/s    plain ICU words    ratio\n");
    const auto row = [](const char* lang, Text text) {
        const std::string made = text.make(200'000);
        const auto [ours, floor] = in_turn([&] { text::analyze(made, lang); }, [&] { plain_icu(made); });
        const double megabytes = static_cast<double>(made.size()) / 1e6;
        std::printf("  %-12s %9.1f %18.1f %8.2f\n", lang, megabytes / ours, megabytes / floor, ours / floor);
    };
    row("en", english());
    row("ru", russian());
    row("kk", kazakh());
    row("zh", chinese());
}

std::vector<index::Document> make_documents() {
    Text text = english();
    std::vector<index::Document> documents;
    for (std::size_t i = 0; i < documents_made; ++i)
        documents.push_back(tests::make_document(i, text.make(6), text.make(150)));
    return documents;
}

void bench_writing(const tests::TempDir& dir, const std::vector<index::Document>& documents) {
    std::size_t bytes = 0;
    for (const index::Document& document : documents) bytes += document.title.size() + document.body.size();
    const auto [ours, floor] = in_turn([&] { tests::publish(dir.path() / "index", documents); },
                                       [&] { raw_build(dir.path() / "raw", documents); });
    const double megabytes = static_cast<double>(bytes) / 1e6;
    std::printf("\nbuild (2 threads)   MB/s    raw TermGenerator  ratio\n  %-12s %9.2f %18.2f %8.2f\n", "en",
                megabytes / ours, megabytes / floor, ours / floor);
}

void raw_search(Xapian::Enquire& enquire, const Xapian::Database& database, const std::string& typed) {
    Xapian::QueryParser parser;
    parser.set_database(database);
    parser.set_stemmer(Xapian::Stem("en"));
    enquire.set_query(parser.parse_query(typed));
    enquire.get_mset(0, 10, database.get_doccount());
}

void bench_search(const tests::TempDir& dir) {
    const auto searcher = search::Searcher::start(dir.path() / "index");
    const Xapian::Database database((dir.path() / "raw").string());
    Xapian::Enquire enquire(database);
    Text text = english();
    std::printf("\nsearch, 10 hits     ms      raw get_mset       ratio\n");
    for (const std::size_t words : {1u, 2u, 3u}) {
        std::vector<std::string> queries;
        for (int i = 0; i < 200; ++i) {
            std::string query;
            for (std::size_t w = 0; w < words; ++w) query += text.word() + " ";
            queries.push_back(query);
        }
        const auto [ours, floor] = in_turn(
            [&] {
                for (const std::string& query : queries) {
                    search::Request request;
                    request.text = query;
                    tests::expect(searcher->search(request));
                }
            },
            [&] {
                for (const std::string& query : queries) raw_search(enquire, database, query);
            });
        const auto each = static_cast<double>(queries.size()) / 1000.0;
        std::printf("  %zu word%-7s %9.3f %18.3f %8.2f\n", words, words == 1 ? "" : "s", ours / each,
                    floor / each, ours / floor);
    }
}

// Each with an author, a source and a day, and every fifth in a group of three.
std::vector<index::Document> with_facts(std::vector<index::Document> documents) {
    std::mt19937 random(5);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        index::Document& document = documents[i];
        document.author = "Author " + std::to_string(random() % 500);
        document.source = "Source " + std::to_string(random() % 5);
        document.date.value =
            std::to_string(2000 + random() % 20) + (random() % 2 == 0 ? "-01-25" : "-11-05");
        if (i % 5 == 0) document.group = tests::hex_id(i / 15);
    }
    return documents;
}

void bench_results(const tests::TempDir& dir, const std::vector<index::Document>& documents) {
    tests::publish(dir.path() / "facts", with_facts(documents));
    const auto searcher = search::Searcher::start(dir.path() / "facts");
    std::vector<std::string> queries;
    Text text = english();
    for (int i = 0; i < 200; ++i) queries.push_back(text.word() + " " + text.word());
    std::printf("\nno snippets         ms      collapse=off       ratio\n");
    const auto row = [&](const char* name, search::Request request) {
        const auto ask_all = [&](index::Fold fold) {
            request.fold = fold;
            for (const std::string& query : queries) {
                if (!request.text.empty()) request.text = query;
                tests::expect(searcher->search(request));
            }
        };
        const auto [folded, plain] =
            in_turn([&] { ask_all(index::Fold::on); }, [&] { ask_all(index::Fold::off); });
        const auto each = static_cast<double>(queries.size()) / 1000.0;
        std::printf("  %-12s %9.3f %18.3f %8.2f\n", name, folded / each, plain / each, folded / plain);
    };
    using index::Breakdown;
    search::Request request;
    request.snippet_width = 0;
    row("everything", request);
    request.facets = {Breakdown::lang,   Breakdown::source, Breakdown::author, Breakdown::place,
                      Breakdown::format, Breakdown::year,   Breakdown::month};
    row("  7 facets", request);
    request.text = "2 words";
    row("2 words, 7 f.", request);
    request.facets.clear();
    row("2 words", request);
    request.order = index::Order::newest;
    row("  newest", request);
}

const std::map<std::string, int (*)(const std::vector<std::string>&)> commands{
    {"build", bench_build},          {"clippings", bench_clippings}, {"duplicates", bench_duplicates},
    {"excerpts", bench_excerpts},    {"http", bench_http},           {"queries", bench_queries},
    {"snippets", bench_snippets},    {"spelling", bench_spelling},   {"texts", bench_texts},
    {"throughput", bench_throughput}};

int no_benchmark(const std::string& name) {
    std::fprintf(stderr, "izde-bench: no benchmark '%s'; there are:", name.c_str());
    for (const auto& [known, run] : commands) std::fprintf(stderr, " %s", known.c_str());
    std::fputs("; without a name, analysis, building and searching are measured\n", stderr);
    return 2;
}

}  // namespace

int main(int count, char** values) try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (!arguments.empty()) {
        const auto found = commands.find(arguments.front());
        if (found != commands.end()) return found->second({arguments.begin() + 1, arguments.end()});
        return no_benchmark(arguments.front());
    }
    bench_analysis();
    const tests::TempDir dir;
    const auto documents = make_documents();
    bench_writing(dir, documents);
    bench_search(dir);
    bench_results(dir, documents);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "izde-bench: %s\n", error.what());
    return 1;
}
