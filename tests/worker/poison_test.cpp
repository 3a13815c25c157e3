// A file that ended its reader is left alone until it or izde changes.
#include <fstream>
#include <sstream>

#include <sys/stat.h>

#include "worker/reading.hpp"

using namespace izde;
using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

timespec modified(const fs::path& file) {
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    return status.st_mtim;
}

void set_modified(const fs::path& file, timespec when) {
    const timespec both[2] = {when, when};
    REQUIRE(utimensat(AT_FDCWD, file.c_str(), both, 0) == 0);
}

// The same size and time, other bytes: it behaves now.
void change_unseen(const fs::path& file) {
    const timespec when = modified(file);
    std::string text = slurp(file);
    const std::size_t size = text.size();
    text = "behave\n";
    text.resize(size, ' ');
    std::ofstream(file) << text;
    set_modified(file, when);
}

void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = slurp(file);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::ofstream(file) << text.replace(at, from.size(), to);
}

struct Case {
    const char* what;
    bool is_tried;
    void (*change)(const fs::path& file, const fs::path& list);
};

const std::vector<Case> cases{
    {"nothing changed", false, [](const fs::path&, const fs::path&) {}},
    {"the same bytes and time in a new file", false,
     [](const fs::path& file, const fs::path&) {
         const timespec when = modified(file);
         const std::string text = slurp(file);
         fs::remove(file);
         std::ofstream(file) << text;
         set_modified(file, when);
     }},
    {"its mode changed", false,
     [](const fs::path& file, const fs::path&) { fs::permissions(file, fs::perms::owner_all); }},
    {"a second name was given to it", false,
     [](const fs::path& file, const fs::path&) { fs::create_hard_link(file, file.string() + ".2"); }},
    {"it was touched", true,
     [](const fs::path& file, const fs::path&) {
         timespec when = modified(file);
         when.tv_sec += 1;
         set_modified(file, when);
     }},
    {"it was touched a nanosecond later", true,
     [](const fs::path& file, const fs::path&) {
         timespec when = modified(file);
         when.tv_nsec = when.tv_nsec < 999'999'999 ? when.tv_nsec + 1 : 0;
         set_modified(file, when);
     }},
    {"its time went back to 1901", true,
     [](const fs::path& file, const fs::path&) {
         set_modified(file, {-2'177'452'800, 0});
     }},
    {"it grew", true,
     [](const fs::path& file, const fs::path&) { std::ofstream(file, std::ios::app) << "more"; }},
    {"it was cut", true, [](const fs::path& file, const fs::path&) { fs::resize_file(file, 3); }},
    {"it is empty now", true, [](const fs::path& file, const fs::path&) { fs::resize_file(file, 0); }},
    {"it has other bytes, its size and time are the same", true,
     [](const fs::path& file, const fs::path&) { change_unseen(file); }},
    {"izde is another version", true,
     [](const fs::path&, const fs::path& list) { replace_in(list, "\"version\": \"", "\"version\": \"0."); }},
    {"the list is of another file", true,
     [](const fs::path&, const fs::path& list) { replace_in(list, "file.html", "other.html"); }},
    {"the list is of another source", true,
     [](const fs::path&, const fs::path& list) { replace_in(list, "\"source\": \"s", "\"source\": \"S"); }},
    {"the list is gone", true, [](const fs::path&, const fs::path& list) { fs::remove(list); }},
    {"the list is empty", true, [](const fs::path&, const fs::path& list) { fs::resize_file(list, 0); }},
    {"the list is cut", true,
     [](const fs::path&, const fs::path& list) { fs::resize_file(list, fs::file_size(list) / 2); }},
    {"the list is no JSON", true,
     [](const fs::path&, const fs::path& list) { std::ofstream(list) << std::string(100'000, '['); }},
    {"the list is other JSON", true,
     [](const fs::path&, const fs::path& list) { std::ofstream(list) << "[1, 2]"; }},
    {"the list lacks a field", true,
     [](const fs::path&, const fs::path& list) { replace_in(list, "\"content\"", "\"contents\""); }},
    {"a field is of another type", true,
     [](const fs::path&, const fs::path& list) { replace_in(list, "\"taken\": 0", "\"taken\": \"0\""); }},
    {"the list is a folder", true,
     [](const fs::path&, const fs::path& list) {
         fs::remove(list);
         fs::create_directory(list);
     }},
    {"the list is too large", true,
     [](const fs::path&, const fs::path& list) { fs::resize_file(list, (64u << 20) + 1); }},
};

}  // namespace

TEST_CASE("a file that ended its reader is tried again when it or izde changed, and not before", "[worker]") {
    Misbehaving place;
    for (const Case& one : cases) {
        INFO(one.what);
        const TempDir index;
        const indexer::Entry entry = place.entry("crash");
        indexer::Poison first;
        CHECK(place.read(entry, &first).errors == std::vector<std::string>{"its reader crashed (signal 6)"});
        expect(first.save(index.path()));

        one.change(entry.file, index.path() / "poison.json");
        indexer::Poison second;
        static_cast<void>(indexer::Poison::load(index.path(), second));
        const Told told = place.read(entry, &second);
        const bool is_known =
            !told.errors.empty() &&
            told.errors[0].starts_with("not tried again: its reader crashed (signal 6) on 2");
        CHECK(is_known != one.is_tried);
    }
}

TEST_CASE("of a mailbox that ended its reader the good part is read again, and no more", "[worker]") {
    Misbehaving place;
    const indexer::Entry entry = place.entry("crash behind two records", "file.mbox");
    indexer::Poison poison;
    const Told first = place.read(entry, &poison);
    const Told second = place.read(entry, &poison);
    CHECK(first.records.size() == 2);
    CHECK(second.records == first.records);
    REQUIRE(second.errors.size() == 1);
    CHECK(second.errors[0].starts_with(
        "not tried again behind its first 2 documents: its reader crashed (signal 6) on 2"));
}

TEST_CASE("a damaged list of such files is told once, and nothing is known by it", "[worker]") {
    const TempDir index;
    index.write("poison.json", "{\"files\": [");
    indexer::Poison poison;
    const auto loaded = indexer::Poison::load(index.path(), poison);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().message.find("poison.json") != std::string::npos);

    expect(poison.save(index.path()));
    indexer::Poison next;
    CHECK(indexer::Poison::load(index.path(), next));
}

TEST_CASE("what a run that was killed left of the list is removed", "[worker]") {
    const TempDir index;
    index.write("poison.json.new", "{");
    indexer::Poison poison;
    expect(poison.save(index.path()));
    CHECK_FALSE(fs::exists(index.path() / "poison.json.new"));
}

TEST_CASE("a list that did not change is not written", "[worker]") {
    const TempDir index;
    indexer::Poison poison;
    expect(poison.save(index.path()));
    CHECK_FALSE(fs::exists(index.path() / "poison.json"));
}
