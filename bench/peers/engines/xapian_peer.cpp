// Raw Xapian, the floor of what stands on it: its own TermGenerator, QueryParser and snippets.
//
//   xapian_peer build DATABASE TEXTS
//   xapian_peer ask DATABASE QUERIES ROUNDS
//   xapian_peer throughput DATABASE QUERIES SECONDS     on all cores, each way for so long
#include <memory>
#include <thread>

#include <xapian.h>

#include "asked.hpp"
#include "plain_snippet.hpp"
#include "raw_searcher.hpp"

namespace {

using namespace izde::peers;

void build(const std::string& path, const std::string& texts) {
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("en"));
    for_each_text(texts, [&](const Text& text) {
        Xapian::Document document;
        generator.set_document(document);
        generator.index_text(text.all);
        document.add_boolean_term("Q" + text.number);
        document.add_boolean_term(RawSearcher::value_term(text.value));
        document.add_value(RawSearcher::value_slot, text.value);
        document.set_data(text.title + "\n" + text.all);
        database.add_document(document);
    });
    database.commit();
}

void throughput(const std::string& path, const std::vector<Query>& queries, double seconds) {
    const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    for (const Way way : all_ways)
        print_throughput(name_of(way), threads, seconds, queries, [&] {
            return [searcher = std::make_unique<RawSearcher>(path), way](const Query& query) {
                searcher->ask(way, query);
            };
        });
}

}  // namespace

int main(int count, char** values) try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.size() == 3 && arguments[0] == "build") {
        build(arguments[1], arguments[2]);
    } else if (arguments.size() == 4 && arguments[0] == "ask") {
        RawSearcher searcher(arguments[1]);
        print_samples(std::vector<Way>(all_ways.begin(), all_ways.end()), read_queries(arguments[2]),
                      std::stoi(arguments[3]),
                      [&](Way way, const Query& query) { return searcher.ask(way, query); });
    } else if (arguments.size() == 4 && arguments[0] == "throughput") {
        throughput(arguments[1], read_queries(arguments[2]), std::stod(arguments[3]));
    } else {
        std::fprintf(stderr, "usage: xapian_peer build|ask|throughput DATABASE ...\n");
        return 2;
    }
    return 0;
} catch (const Xapian::Error& error) {
    std::fprintf(stderr, "xapian_peer: %s\n", error.get_description().c_str());
    return 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "xapian_peer: %s\n", error.what());
    return 1;
}
