// What it costs to show hits, beside Xapian's own snippets of the same texts, in turn.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <xapian.h>

#include "izde/text/analyze.hpp"

#include "commands.hpp"
#include "made_text.hpp"
#include "search/searcher.hpp"
#include "search/snippet.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t width = 200;
constexpr int rounds = 31;

double milliseconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

// A plain wanted word each, as the text has it.
query::Wanted wanted_of(const std::vector<std::string>& words, std::string_view lang) {
    query::Wanted wanted;
    for (const std::string& word : words) {
        query::WantedUnit& unit = wanted.units.emplace_back();
        for (const text::Token& token : text::analyze(word, lang))
            if (unit.terms.empty() || token.kind == text::TokenKind::pair) unit.terms = {{{token.exact}, {}}};
    }
    return wanted;
}

// Xapian's own way, which needs an MSet to know what is wanted.
class Peer {
  public:
    Peer(const std::string& text, const std::vector<std::string>& words) {
        Xapian::TermGenerator generator;
        Xapian::Document document;
        generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
        generator.set_document(document);
        generator.index_text(text);
        database_.add_document(document);
        std::vector<Xapian::Query> parts;
        Xapian::QueryParser parser;
        parser.set_database(database_);
        for (const std::string& word : words)
            parts.push_back(parser.parse_query(word, Xapian::QueryParser::FLAG_CJK_NGRAM));
        Xapian::Enquire enquire(database_);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end()));
        found_ = enquire.get_mset(0, 10);
    }

    std::string snippet(const std::string& text) const {
        return found_.snippet(text, width, Xapian::Stem(),
                              Xapian::MSet::SNIPPET_BACKGROUND_MODEL | Xapian::MSet::SNIPPET_CJK_NGRAM);
    }

  private:
    Xapian::WritableDatabase database_{std::string(), Xapian::DB_BACKEND_INMEMORY};
    Xapian::MSet found_;
};

void compare(const char* lang, Text made) {
    std::vector<std::string> words;
    for (int i = 0; i < 3; ++i) words.push_back(made.word());
    const query::Wanted wanted = wanted_of(words, lang);
    for (const std::size_t bytes : {std::size_t{4'000}, std::size_t{200'000}}) {
        const std::size_t count = bytes == 4'000 ? 10 : 1;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < count; ++i) {
            std::string& text = texts.emplace_back();
            while (text.size() < bytes) text += made.make(120) + "\n\n";
        }
        const Peer peer(texts.front(), words);
        std::vector<double> ours, theirs, analysis;
        for (int round = 0; round < rounds; ++round) {
            ours.push_back(milliseconds([&] {
                const search::Finder finder(wanted);
                for (const std::string& text : texts) search::make_snippet(text, lang, finder, width);
            }));
            analysis.push_back(milliseconds([&] {
                for (const std::string& text : texts) text::analyze(text, lang);
            }));
            if (round < rounds / 3)
                theirs.push_back(milliseconds([&] {
                    for (const std::string& text : texts) peer.snippet(text);
                }));
        }
        std::printf("  %s %2zu x %3zu KB %10.3f %18.3f %18.3f\n", lang, count, bytes / 1000, median(ours),
                    median(analysis), median(theirs));
    }
}

void search_in(const std::string& folder, const std::vector<std::string>& queries) {
    const auto searcher = search::Searcher::start(folder);
    std::printf("\nsearch, ms      found     no snippets     snippets\n");
    for (const std::string& query : queries) {
        search::Request request;
        request.text = query;
        std::vector<double> with, without;
        std::uint64_t found = 0;
        for (int round = 0; round < rounds; ++round) {
            request.snippet_width = 0;
            without.push_back(milliseconds([&] { found = tests::expect(searcher->search(request)).total; }));
            request.snippet_width = width;
            with.push_back(milliseconds([&] { tests::expect(searcher->search(request)); }));
        }
        std::printf("  %-24s %6llu %10.3f %12.3f\n", query.c_str(), static_cast<unsigned long long>(found),
                    median(without), median(with));
    }
}

}  // namespace

int bench_snippets(const std::vector<std::string>& options) {
    if (!options.empty()) {
        search_in(options.front(), {options.begin() + 1, options.end()});
        return 0;
    }
    std::printf("snippets, ms           izde     analysis alone     MSet::snippet\n");
    compare("en", english());
    compare("ru", russian());
    compare("kk", kazakh());
    compare("zh", chinese());
    return 0;
}

}  // namespace izde::bench
