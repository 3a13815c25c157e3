// A file of the index that is cut while it is served, as one is that the disk cannot read any more.
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "search/searcher.hpp"
#include "support/comes_true.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

constexpr std::size_t count = 1500;

std::string word(std::size_t number) {
    return "word" + std::to_string(number);
}

std::string phrase(std::size_t number) {
    return "\"" + word(number * 7) + " bridge\" number";
}

std::vector<index::Document> made_documents() {
    std::vector<index::Document> documents;
    for (std::size_t i = 1; i <= count; ++i) {
        std::string body;
        for (std::size_t step = 0; step < 40; ++step) body += word(i * 7 + step * 131) + " bridge ";
        documents.push_back(make_document(i, "Number " + std::to_string(i), body));
    }
    return documents;
}

Request request_for(const std::string& text) {
    Request request;
    request.text = text;
    return request;
}

// Errors of all that is asked; what is answered must be what was answered when all was sound.
std::vector<Error> errors_of(const Searcher& searcher, const std::vector<std::uint64_t>& totals) {
    std::vector<Error> errors;
    for (std::size_t i = 1; i <= count; i += 3) {
        const auto reply = searcher.search(request_for(phrase(i)));
        if (!reply)
            errors.push_back(reply.error());
        else
            CHECK(reply->total == totals.at(i / 3));
        if (const auto suggested = searcher.suggest("w", 8); !suggested) errors.push_back(suggested.error());
        if (const auto shown = searcher.document(hex_id(i), "bridge"); !shown)
            errors.push_back(shown.error());
    }
    return errors;
}

}  // namespace

TEST_CASE("a file that is cut while it is searched is an error that names it, until another index is there",
          "[search]") {
    const char* const name = GENERATE("docdata.glass", "postlist.glass", "positions", "vocabulary");
    INFO(name);
    const TempDir dir;
    const auto generation = publish(dir.path(), made_documents());
    const auto searcher = Searcher::start(dir.path());
    std::vector<std::uint64_t> totals;
    for (std::size_t i = 1; i <= count; i += 3)
        totals.push_back(expect(searcher->search(request_for(phrase(i)))).total);

    const auto file = generation / name;
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);

    const auto errors = errors_of(*searcher, totals);
    REQUIRE_FALSE(errors.empty());
    CHECK(errors.back().code == Errc::io);
    CHECK(errors.back().message ==
          "cannot read " + file.string() + ": a part of it is gone or the disk cannot read it");
    CHECK(searcher->status().last_error == errors.back().message);
    CHECK(searcher->status().ready);

    publish(dir.path(), made_documents());
    CHECK(comes_true([&] { return searcher->status().last_error.empty(); }));
    CHECK(expect(searcher->search(request_for(phrase(1)))).total == totals.at(0));
}

TEST_CASE("threads that search a file while it is cut are all answered", "[search]") {
    const TempDir dir;
    const auto generation = publish(dir.path(), made_documents());
    const auto searcher = Searcher::start(dir.path());
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < 4; ++thread)
        threads.emplace_back([&searcher, thread] {
            for (std::size_t i = thread; i < count; i += 4)
                (void)searcher->search(request_for(word(i * 7) + " OR " + word(i * 3)));
        });
    for (const char* name : {"vocabulary", "positions", "docdata.glass", "postlist.glass"})
        std::filesystem::resize_file(generation / name, std::filesystem::file_size(generation / name) / 2);
    for (std::thread& thread : threads) thread.join();
    const auto after = searcher->search(request_for(word(7)));
    REQUIRE_FALSE(after);
    CHECK(after.error().code == Errc::io);
}
