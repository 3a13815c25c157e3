// When the index first saw a document, and what the feed makes of it: the real indexer, the real server.
#include <fstream>

#include <catch2/catch.hpp>

#include "izde/index/generations.hpp"

#include "support/served_index.hpp"

using namespace izde;
using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string dated(const std::string& title, const std::string& date) {
    return "---\ntitle: " + title + "\ndate: " + date + "\n---\nOf " + title +
           ": the ferry was mended, and people crossed the river again.\n";
}

// An index of a folder that changes, and a server that shows it.
class Nights {
  public:
    explicit Nights(const TempDir& dir) : dir_(dir) {}

    void run(const std::string& command) const {
        const Finished done =
            run_program("izde-indexer", {command, "--quiet", "--force", "--index", index(), docs()});
        REQUIRE(done.err == "");
        REQUIRE(done.code == 0);
    }
    fs::path index() const { return dir_.path() / "index"; }
    fs::path docs() const { return dir_.path() / "docs"; }

  private:
    const TempDir& dir_;
};

struct Shown {
    std::vector<std::string> titles, updated;
};

// Of each entry what stands between <NAME> and </NAME>.
std::vector<std::string> entries(const std::string& feed, const std::string& name) {
    std::vector<std::string> texts;
    for (std::size_t at = feed.find("<entry>"); at != feed.npos; at = feed.find("<entry>", at + 1)) {
        const std::size_t begin = feed.find("<" + name + ">", at) + name.size() + 2;
        texts.push_back(feed.substr(begin, feed.find('<', begin) - begin));
    }
    return texts;
}

Shown shown(const Nights& nights, const std::string& query = "") {
    Process daemon("izde-searchd", {"--index", nights.index(), "--listen", "127.0.0.1:0"});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const Response feed = client.get("/feed.atom?collapse=off&q=" + query);
    REQUIRE(feed.status == 200);
    return {entries(feed.body, "title"), entries(feed.body, "updated")};
}

using Titles = std::vector<std::string>;

void damage_live(const fs::path& root) {
    const index::Generations generations(root);
    std::fstream(generations.path(*generations.live()) / "docdata.glass",
                 std::ios::in | std::ios::out | std::ios::binary)
            .seekp(100)
        << "XXXX";
}

}  // namespace

TEST_CASE("the feed of a first index has the newest first, as all was seen at once", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.md", dated("Spring", "2023-03-01"));
    dir.write("docs/b.md", dated("Winter", "2024-01-01"));
    dir.write("docs/c.txt", "Undated\n\nNobody knows when the ferry sank.\n");
    const Nights nights(dir);
    nights.run("rebuild");

    const Shown feed = shown(nights);
    CHECK(feed.titles == Titles{"Winter", "Spring", "Undated"});
    CHECK(feed.updated == Titles(3, feed.updated.front()));
}

TEST_CASE("a document that is new stands first in the feed, however old it is, and stays there when all is "
          "read anew",
          "[programs]") {
    const TempDir dir;
    dir.write("docs/a.md", dated("Spring", "2023-03-01"));
    dir.write("docs/b.md", dated("Winter", "2024-01-01"));
    const Nights nights(dir);
    nights.run("rebuild");
    const Shown first = shown(nights);
    const std::string command = GENERATE(as<std::string>(), "update", "rebuild");
    CAPTURE(command);

    dir.write("docs/c.md", dated("Attic", "1911-05-06"));
    nights.run(command);
    const Shown second = shown(nights);
    CHECK(second.titles == Titles{"Attic", "Winter", "Spring"});
    CHECK(second.updated[0] > first.updated[0]);
    CHECK(second.updated[1] == first.updated[0]);
    CHECK(shown(nights, "ferry").titles == second.titles);

    SECTION("read anew") {
        nights.run("rebuild");
        CHECK(shown(nights).updated == second.updated);
    }
    SECTION("read anew without what the last run remembered") {
        fs::remove_all(nights.index() / "known");
        nights.run("update");
        CHECK(shown(nights).updated == second.updated);
    }
    SECTION("read anew because the live generation is damaged: the one before knows the others") {
        dir.write("docs/d.md", dated("Cellar", "1910-05-06"));
        nights.run("update");
        damage_live(nights.index());
        const Finished done =
            run_program("izde-indexer", {"rebuild", "--force", "--index", nights.index(), nights.docs()});
        REQUIRE(done.code == 0);
        CHECK(done.err.find("has changed since it was written") != std::string::npos);
        const Shown mended = shown(nights);
        CHECK(mended.titles == Titles{"Cellar", "Attic", "Winter", "Spring"});
        CHECK(Titles(mended.updated.begin() + 1, mended.updated.end()) == second.updated);
    }
    SECTION("into an index folder of its own") {
        fs::remove_all(nights.index());
        nights.run("rebuild");
        CHECK(shown(nights).titles == Titles{"Winter", "Spring", "Attic"});
    }
}

TEST_CASE(
    "an edited document keeps the time it was first seen; a moved one is new, and so is one that came back",
    "[programs]") {
    const TempDir dir;
    for (const char* name : {"Ash", "Birch", "Cedar"})
        dir.write("docs/" + std::string(name) + ".md", dated(name, "2024-01-01"));
    for (int i = 0; i < 20; ++i)
        dir.write("docs/z" + std::to_string(i) + ".md", dated("Other " + std::to_string(i), "2020-01-01"));
    const Nights nights(dir);
    nights.run("rebuild");
    const std::string began = shown(nights).updated.front();
    const std::string command = GENERATE(as<std::string>(), "update", "rebuild");
    CAPTURE(command);

    dir.write("docs/Birch.md", dated("Birch", "2024-02-02") + "It has one more sentence.\n");
    fs::rename(nights.docs() / "Cedar.md", nights.docs() / "Conifer.md");
    fs::remove(nights.docs() / "Ash.md");
    nights.run(command);
    Shown feed = shown(nights);
    CHECK(Titles(feed.titles.begin(), feed.titles.begin() + 2) == Titles{"Cedar", "Birch"});
    CHECK(feed.updated[0] > began);
    CHECK(feed.updated[1] == began);

    dir.write("docs/Ash.md", dated("Ash", "2024-01-01"));
    nights.run(command);
    feed = shown(nights);
    CHECK(Titles(feed.titles.begin(), feed.titles.begin() + 3) == Titles{"Ash", "Cedar", "Birch"});
    CHECK(feed.updated[0] > feed.updated[1]);
}

TEST_CASE("a record of a file that grows is new alone", "[programs]") {
    const TempDir dir;
    const auto record = [](const std::string& id) {
        return json{{"id", id}, {"title", "Note " + id}, {"text", "About " + id}, {"date", "2021-01-01"}}
                   .dump() +
               "\n";
    };
    dir.write("docs/notes.jsonl", record("1") + record("2"));
    const Nights nights(dir);
    nights.run("rebuild");
    dir.write("docs/notes.jsonl", record("3") + record("1") + record("2"));
    nights.run("update");

    const Shown feed = shown(nights);
    CHECK(feed.titles.front() == "Note 3");
    CHECK(feed.updated[0] > feed.updated[1]);
    CHECK(feed.updated[1] == feed.updated[2]);
}

TEST_CASE("figures tell when something was last new, and a document when it was", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.md", dated("Spring", "2023-03-01"));
    const Nights nights(dir);
    nights.run("rebuild");
    dir.write("docs/a.md", dated("Spring", "2023-03-02"));
    nights.run("update");
    Process daemon("izde-searchd", {"--index", nights.index(), "--listen", "127.0.0.1:0"});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const json hits = json::parse(client.get("/api/v1/search?q=ferry").body)["hits"];
    const json document =
        json::parse(client.get("/api/v1/documents/" + hits[0]["id"].get<std::string>()).body);
    const json stats =
        json::parse(run_program("izde-indexer", {"stats", "--json", "--index", nights.index()}).out);

    CHECK(stats == json::parse(client.get("/api/v1/stats").body));
    CHECK(stats["last_new_at"] == document["first_seen"]);
    CHECK(stats["last_new_at"] <= stats["built_at"]);
    CHECK(run_program("izde-indexer", {"stats", "--index", nights.index()})
              .out.find("last new     " + document["first_seen"].get<std::string>()) != std::string::npos);
}
