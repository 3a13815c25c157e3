#include <atomic>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "search/live.hpp"
#include "search/searcher.hpp"
#include "support/comes_true.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::search;
using namespace izde::tests;

namespace {

std::uint64_t documents(const Live& live) {
    const auto reader = live.borrow();
    return reader ? (*reader)->manifest().documents : 0;
}

}  // namespace

TEST_CASE("without an index there is nothing to borrow, until one appears", "[search]") {
    const TempDir dir;
    const Live live(dir.path());
    REQUIRE_FALSE(live.borrow());
    CHECK(live.borrow().error().code == Errc::index_missing);

    publish(dir.path(), {make_document(1, "One", "x")});

    CHECK(comes_true([&] { return documents(live) == 1; }));
}

TEST_CASE("a new generation is served, while who borrowed the old one keeps it", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "x")});
    const Live live(dir.path());
    const auto old = expect(live.borrow());

    publish(dir.path(), {make_document(1, "One", "x"), make_document(2, "Two", "x")});

    CHECK(comes_true([&] { return documents(live) == 2; }));
    CHECK(old->manifest().documents == 1);
    CHECK(expect(old->match({index::Everything{}}, {})).total == 1);
}

TEST_CASE("a generation that cannot be opened leaves the old one serving and says why", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "x")});
    const Live live(dir.path());
    dir.write("generations/0000000009-20260101T000000Z/manifest.json", "{}");
    dir.write("current", "0000000009-20260101T000000Z\n");

    CHECK(comes_true(
        [&] { return live.health().last_error.find("manifest is damaged") != std::string::npos; }));
    CHECK(documents(live) == 1);
}

TEST_CASE("a generation with one changed byte leaves the old one serving", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "x")});
    const std::string first = expect(index::Generations(dir.path()).live());
    const auto second = publish(dir.path(), {make_document(1, "One", "x"), make_document(2, "Two", "x")});
    dir.write("current", first + "\n");
    const Live live(dir.path());
    std::fstream file(second / "postlist.glass", std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100);
    const int byte = file.get();
    file.seekp(100);
    file.put(static_cast<char>(byte ^ 1));
    file.close();

    dir.write("current", second.filename().string() + "\n");

    CHECK(comes_true([&] { return live.health().last_error.find("has changed") != std::string::npos; }));
    CHECK(documents(live) == 1);
}

TEST_CASE("swaps and refusals are counted, and an error has a time as long as there is one", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "x")});
    const Live live(dir.path());
    CHECK(live.health().reloads == 0);
    CHECK_FALSE(live.health().error_since);

    const auto second = publish(dir.path(), {make_document(1, "One", "x"), make_document(2, "Two", "x")});
    CHECK(comes_true([&] { return live.health().reloads == 1; }));
    dir.write("generations/0000000009-20260101T000000Z/manifest.json", "{}");
    dir.write("current", "0000000009-20260101T000000Z\n");
    CHECK(comes_true([&] { return live.health().failed_reloads == 1; }));
    CHECK(live.health().error_since);
    dir.write("current", second.filename().string() + "\n");
    CHECK(comes_true([&] { return live.health().last_error.empty(); }));
    CHECK_FALSE(live.health().error_since);
    CHECK(live.health().reloads == 1);
}

TEST_CASE("blocks that rot while they are served are an error that says so, and mended ones are read again",
          "[search]") {
    const TempDir dir;
    std::vector<index::Document> documents;
    for (std::size_t i = 1; i <= 200; ++i)
        documents.push_back(
            make_document(i, "Number " + std::to_string(i), "bridge word" + std::to_string(i)));
    const auto generation = publish(dir.path(), documents);
    const auto searcher = Searcher::start(dir.path());
    const auto file = generation / "postlist.glass";
    const auto size = std::filesystem::file_size(file);
    std::string sound(size, '\0');
    std::ifstream(file, std::ios::binary).read(sound.data(), static_cast<std::streamsize>(size));
    const auto write = [&](const std::string& bytes) {
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    };
    Request request;
    request.text = "word77";

    write(std::string(size, '\xFF'));
    const auto rotten = searcher->search(request);
    REQUIRE_FALSE(rotten);
    CHECK(rotten.error().code == Errc::index_corrupt);
    CHECK(searcher->status().last_error == rotten.error().message);
    CHECK(searcher->status().error_since);
    CHECK(searcher->status().ready);

    write(sound);
    CHECK(expect(searcher->search(request)).total == 1);
}

TEST_CASE("many threads borrow readers of their own", "[search]") {
    const TempDir dir;
    publish(dir.path(), {make_document(1, "One", "bridge")});
    const Live live(dir.path());
    std::vector<std::thread> threads;
    std::atomic<int> found = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                const auto reader = live.borrow();
                if (reader && expect((*reader)->match({index::Word{{{{"bridge"}, 1.0}}, {}}}, {})).total == 1)
                    ++found;
            }
        });
    for (std::thread& thread : threads) thread.join();

    CHECK(found == 400);
}
