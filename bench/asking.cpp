#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <thread>

#include <xapian.h>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"

#include "commands.hpp"
#include "index/compile.hpp"
#include "peers/asked.hpp"
#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "search/searcher.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

using Clock = std::chrono::steady_clock;
using peers::Answered;

struct Field {
    index::Facet facet;
    index::Breakdown breakdown;
};
Field field_called(const std::string& name) {
    static const std::map<std::string, Field> fields{
        {"lang", {index::Facet::lang, index::Breakdown::lang}},
        {"source", {index::Facet::source, index::Breakdown::source}},
        {"place", {index::Facet::place, index::Breakdown::place}},
        {"format", {index::Facet::format, index::Breakdown::format}}};
    return fields.at(name);
}

enum class Way { mset, titles, snippets };
constexpr Way all_ways[] = {Way::mset, Way::titles, Way::snippets};
const char* name_of(Way way) {
    switch (way) {
    case Way::mset:
        return "mset";
    case Way::titles:
        return "titles";
    case Way::snippets:
        return "snippets";
    }
    return "";
}

search::Request request_of(const peers::Query& query, Way way) {
    search::Request request;
    request.text = query.typed;
    if (way == Way::titles) request.snippet_width = 0;
    if (query.kind == "filter") request.filters[field_called(query.field).facet] = {query.value};
    if (query.kind == "facets") request.facets = {field_called(query.field).breakdown};
    return request;
}

Answered ask(const search::Searcher& searcher, const peers::Query& query, Way way) {
    const search::Reply reply = tests::expect(searcher.search(request_of(query, way)));
    Answered answered;
    for (const search::Hit& hit : reply.hits) {
        ++answered.hits;
        answered.marked += !hit.snippet.marks.empty() || !hit.title.marks.empty();
    }
    return answered;
}

// What Xapian alone takes for what izde asks of it: the strict reading of each query, compiled beforehand,
// on the same database.
class Bare {
  public:
    Bare(const std::filesystem::path& generation, const std::vector<peers::Query>& queries)
        : database_(generation.string()), enquire_(database_) {
        const index::Reader reader = tests::expect(index::Reader::open(generation));
        const query::Lexicon lexicon{reader.vocabulary(), reader.languages(), nullptr, true};
        for (const peers::Query& query : queries) {
            index::Query asked = query::resolve(query::parse(query.typed).syntax, lexicon).strict;
            if (query.kind == "filter")
                asked = {index::AllOf{
                    {std::move(asked),
                     {index::Only{{{index::Has{index::Has::Extent::whole, field_called(query.field).facet,
                                               query.value}}}}}},
                    {},
                    {}}};
            compiled_[&query] = index::compile(asked, reader.vocabulary(), reader.manifest().by_year);
        }
    }

    Answered ask(const peers::Query& query) {
        enquire_.set_query(compiled_.at(&query));
        return {enquire_.get_mset(0, 10).size(), 0};
    }

  private:
    Xapian::Database database_;
    Xapian::Enquire enquire_;
    std::map<const peers::Query*, Xapian::Query> compiled_;
};

std::filesystem::path live_generation(const std::string& index) {
    const index::Generations generations(index);
    return generations.path(tests::expect(generations.live()));
}

struct Throughput {
    std::size_t answered = 0;
    std::vector<double> milliseconds;  // ascending
};

// Each thread asks all queries over and over, from a place of its own on. `make` gives a thread its way to
// ask.
template <class Make>
Throughput run_threads(std::size_t threads, double seconds, const std::vector<peers::Query>& queries,
                       Make make) {
    std::vector<std::vector<double>> took(threads);
    {
        const auto end = Clock::now() + std::chrono::duration<double>(seconds);
        std::vector<std::jthread> running;
        for (std::size_t thread = 0; thread < threads; ++thread)
            running.emplace_back([&, thread] {
                const auto asked = make();
                for (std::size_t i = thread * 37; Clock::now() < end; ++i) {
                    const auto start = Clock::now();
                    asked(queries[i % queries.size()]);
                    const std::chrono::duration<double, std::milli> one = Clock::now() - start;
                    took[thread].push_back(one.count());
                }
            });
    }
    Throughput all;
    for (const auto& of_thread : took)
        all.milliseconds.insert(all.milliseconds.end(), of_thread.begin(), of_thread.end());
    all.answered = all.milliseconds.size();
    std::ranges::sort(all.milliseconds);
    return all;
}

void print(const char* way, std::size_t threads, double seconds, const Throughput& measured) {
    std::printf("%s\t%zu\t%.1f\t%.4f\t%.4f\n", way, threads, static_cast<double>(measured.answered) / seconds,
                peers::percentile(measured.milliseconds, 0.5),
                peers::percentile(measured.milliseconds, 0.99));
}

}  // namespace

int bench_queries(const std::vector<std::string>& options) {
    if (options.size() < 2) {
        std::fprintf(stderr, "usage: izde-bench queries INDEX FILE [ROUNDS]\n");
        return 2;
    }
    const std::vector<peers::Query> queries = peers::read_queries(options[1]);
    const auto searcher = search::Searcher::start(options[0]);
    Bare bare(live_generation(options[0]), queries);
    peers::print_samples(std::vector<Way>(std::begin(all_ways), std::end(all_ways)), queries,
                         options.size() > 2 ? std::stoi(options[2]) : 5,
                         [&](Way way, const peers::Query& query) {
                             return way == Way::mset ? bare.ask(query) : ask(*searcher, query, way);
                         });
    return 0;
}

int bench_throughput(const std::vector<std::string>& options) {
    std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    if (options.size() == 4 && options[2] == "--threads") threads = std::stoul(options[3]);
    if (options.size() != 2 && options.size() != 4) {
        std::fprintf(stderr, "usage: izde-bench throughput INDEX FILE [--threads N]\n");
        return 2;
    }
    const std::vector<peers::Query> queries = peers::read_queries(options[1]);
    const auto searcher = search::Searcher::start(options[0]);
    const auto generation = live_generation(options[0]);
    constexpr double seconds = 3;
    for (const Way way : all_ways) {
        const auto make = [&] {
            const auto bare = way == Way::mset ? std::make_shared<Bare>(generation, queries) : nullptr;
            return [&, bare](const peers::Query& query) {
                return bare ? bare->ask(query) : ask(*searcher, query, way);
            };
        };
        print(name_of(way), threads, seconds, run_threads(threads, seconds, queries, make));
    }
    return 0;
}

}  // namespace izde::bench
