// Files that somebody writes to while they are read.
#include <fstream>

#include <catch2/catch.hpp>

#include "documents.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::indexer;
using izde::tests::TempDir;

namespace {

struct Got {
    std::vector<std::string> titles, failures;
};

// `meanwhile` is called each time a document was read, before anything is known of the file's end.
Got read_while(const std::filesystem::path& file, const std::function<void()>& meanwhile) {
    Got got;
    const auto stop = [&] {
        meanwhile();
        return false;
    };
    read_documents({file, "news", file.filename(), {}}, {}, stop,
                   [&](const Result<index::Document>& document) {
                       if (document)
                           got.titles.push_back(document->title);
                       else
                           got.failures.push_back(document.error().message);
                   });
    return got;
}

std::string record(const std::string& title, std::size_t length = 10) {
    return R"({"title":")" + title + R"(","text":")" + std::string(length, 'x') + "\"}\n";
}

void append(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::app | std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a file at rest is read once", "[changing]") {
    const TempDir dir;
    const auto file = dir.write("a.jsonl", record("one") + record("two"));
    int asked = 0;

    const Got got = read_while(file, [&] { ++asked; });

    CHECK(got.titles == std::vector<std::string>{"one", "two"});
    CHECK(got.failures.empty());
    CHECK(asked == 2);
}

TEST_CASE("a file that changed while it was read is read once more, and only that counts", "[changing]") {
    const TempDir dir;
    const auto file = dir.write("a.jsonl", record("one"));
    int writes = 0;

    const Got got = read_while(file, [&] {
        if (writes++ == 0) append(file, record("two"));
    });

    CHECK(got.titles == std::vector<std::string>{"one", "two"});
    CHECK(got.failures.empty());
}

TEST_CASE("a file that changes all the time is one failure", "[changing]") {
    const TempDir dir;
    const auto file = dir.write("a.html", "<title>one</title><p>text");

    const Got got = read_while(file, [&] { append(file, "more"); });

    CHECK(got.titles.empty());
    CHECK(got.failures == std::vector<std::string>{"changed while it was read"});
}

TEST_CASE("of a large file of records that grows, what was read counts", "[changing]") {
    const TempDir dir;
    std::string records;
    for (int i = 0; i < 10; ++i) records += record(std::to_string(i), 1u << 20);
    const auto file = dir.write("a.jsonl", records);
    int reads = 0;

    const Got got = read_while(file, [&] {
        if (reads++ == 8) append(file, record("grown"));
    });

    CHECK(got.titles.size() >= 10);
    REQUIRE(got.failures.size() == 1);
    CHECK(got.failures[0].starts_with("changed while it was read"));
}
