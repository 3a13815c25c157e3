// Snippets of long texts, cut from the parts that positions name, beside those cut from all the text.
#include <chrono>
#include <cstdio>
#include <string>

#include "izde/index/generations.hpp"
#include "izde/index/reader.hpp"

#include "commands.hpp"
#include "peers/asked.hpp"
#include "query/parse.hpp"
#include "query/resolve.hpp"
#include "search/excerpt.hpp"
#include "support/tiny_index.hpp"
#include "support/units_lit.hpp"

namespace izde::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Compared {
    std::size_t hits = 0, as_good = 0, better = 0, same = 0;
    Clock::duration parts{}, whole{};
};

void compare(const index::Reader& reader, const index::Match& match, const search::Finder& finder,
             const std::string& typed, Compared& compared) {
    constexpr std::size_t width = 200;
    const auto begin = Clock::now();
    const index::Peeked peeked = tests::expect(reader.peek(match));
    if (peeked.long_body.pieces.empty()) return;
    const auto excerpt = tests::expect(search::make_excerpt(reader, peeked, finder, width));
    if (!excerpt) return;
    const auto middle = Clock::now();
    const index::Document document = tests::expect(reader.fetch(match));
    const search::Marked best =
        search::make_snippet(document.body, document.lang, finder, width, document.title);
    compared.parts += middle - begin;
    compared.whole += Clock::now() - middle;
    const std::size_t lit = tests::units_lit(*excerpt, document.lang, finder);
    const std::size_t most = tests::units_lit(best, document.lang, finder);
    ++compared.hits;
    compared.as_good += lit >= most;
    compared.better += lit > most;
    compared.same += excerpt->text == best.text;
    if (lit < most)
        std::printf("worse (%zu of %zu): %s in %s\n  %s\n  %s\n", lit, most, typed.c_str(),
                    document.path.c_str(), excerpt->text.c_str(), best.text.c_str());
}

}  // namespace

int bench_excerpts(const std::vector<std::string>& options) {
    if (options.size() != 2) {
        std::fprintf(stderr, "usage: izde-bench excerpts INDEX FILE\n");
        return 2;
    }
    const index::Generations generations(options[0]);
    const index::Reader reader =
        tests::expect(index::Reader::open(generations.path(tests::expect(generations.live()))));
    const query::Lexicon lexicon{reader.vocabulary(), reader.languages(), nullptr, true};
    Compared compared;
    for (const peers::Query& query : peers::read_queries(options[1])) {
        const query::Resolved resolved = query::resolve(query::parse(query.typed).syntax, lexicon);
        const search::Finder finder(resolved.wanted);
        for (const index::Match& match : tests::expect(reader.match(resolved.strict, {})).items)
            compare(reader, match, finder, query.typed, compared);
    }
    const auto ms = [](Clock::duration time) {
        return std::chrono::duration<double, std::milli>(time).count();
    };
    const double hits = compared.hits == 0 ? 1 : static_cast<double>(compared.hits);
    std::printf(
        "%zu hits with a long text: %.2f %% show as many wanted words (%.2f %% more), %.2f %% are the same; "
        "%.3f ms each instead of %.3f\n",
        compared.hits, 100 * static_cast<double>(compared.as_good) / hits,
        100 * static_cast<double>(compared.better) / hits, 100 * static_cast<double>(compared.same) / hits,
        ms(compared.parts) / hits, ms(compared.whole) / hits);
    return compared.as_good * 100 >= compared.hits * 99 ? 0 : 1;
}

}  // namespace izde::bench
