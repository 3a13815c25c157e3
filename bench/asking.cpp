#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"

#include "commands.hpp"
#include "peers/asked.hpp"
#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "search/searcher.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

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

// What matching alone takes of a search: the strict reading of each query, resolved beforehand.
class Bare {
  public:
    Bare(const std::filesystem::path& generation, const std::vector<peers::Query>& queries)
        : reader_(tests::expect(index::Reader::open(generation))) {
        const query::Lexicon lexicon{reader_.vocabulary(), reader_.languages(), nullptr, true};
        for (const peers::Query& query : queries) {
            index::Query asked = query::resolve(query::parse(query.typed).syntax, lexicon).strict;
            if (query.kind == "filter")
                asked = {index::AllOf{
                    {std::move(asked),
                     {index::Only{{{index::Has{index::Has::Extent::whole, field_called(query.field).facet,
                                               query.value}}}}}},
                    {},
                    {}}};
            asked_[&query] = std::move(asked);
        }
    }

    Answered ask(const peers::Query& query) const {
        const auto found =
            reader_.match(asked_.at(&query), {0, 10, index::Order::relevance, index::Fold::off});
        return {tests::expect(found).items.size(), 0};
    }

  private:
    index::Reader reader_;
    std::map<const peers::Query*, index::Query> asked_;
};

std::filesystem::path live_generation(const std::string& index) {
    const index::Generations generations(index);
    return generations.path(tests::expect(generations.live()));
}

}  // namespace

int bench_queries(const std::vector<std::string>& options) {
    if (options.size() < 2) {
        std::fprintf(stderr, "usage: izde-bench queries INDEX FILE [ROUNDS [WAY]]\n");
        return 2;
    }
    const std::vector<peers::Query> queries = peers::read_queries(options[1]);
    const auto searcher = search::Searcher::start(options[0]);
    Bare bare(live_generation(options[0]), queries);
    std::vector<Way> ways(std::begin(all_ways), std::end(all_ways));
    if (options.size() > 3) std::erase_if(ways, [&](Way way) { return name_of(way) != options[3]; });
    peers::print_samples(ways, queries, options.size() > 2 ? std::stoi(options[2]) : 5,
                         [&](Way way, const peers::Query& query) {
                             return way == Way::mset ? bare.ask(query) : ask(*searcher, query, way);
                         });
    return 0;
}

int bench_throughput(const std::vector<std::string>& options) {
    std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    double seconds = 3;
    for (std::size_t i = 2; i + 1 < options.size(); i += 2) {
        if (options[i] == "--threads") threads = std::max(1ul, std::stoul(options[i + 1]));
        if (options[i] == "--seconds") seconds = std::stod(options[i + 1]);
    }
    if (options.size() < 2 || options.size() % 2 != 0) {
        std::fprintf(stderr, "usage: izde-bench throughput INDEX FILE [--threads N] [--seconds S]\n");
        return 2;
    }
    const std::vector<peers::Query> queries = peers::read_queries(options[1]);
    const auto searcher = search::Searcher::start(options[0]);
    const auto generation = live_generation(options[0]);
    for (const Way way : all_ways)
        peers::print_throughput(name_of(way), threads, seconds, queries, [&] {
            return [&, way, bare = way == Way::mset ? std::make_unique<Bare>(generation, queries) : nullptr](
                       const peers::Query& query) {
                return bare ? bare->ask(query) : ask(*searcher, query, way);
            };
        });
    return 0;
}

}  // namespace izde::bench
