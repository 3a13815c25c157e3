// izde-indexer as its users run it: by hand, by cron, with mistakes.
#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "documents.hpp"
#include "support/run_program.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr uid_t nobody = 65534;

Finished indexer(std::vector<std::string> arguments) {
    return run_program("izde-indexer", std::move(arguments));
}

std::string slurp(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

struct Place {
    TempDir dir;
    std::string index = (dir.path() / "index").string();
    std::string docs = (dir.path() / "docs").string();

    Finished rebuild(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"rebuild", "--index", index, docs};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return indexer(arguments);
    }
    json stats() const { return json::parse(indexer({"stats", "--json", "--index", index}).out); }
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a folder is indexed, reported and described", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "The Bridge\n\nA bridge was opened across the river this morning.\n");
    place.dir.write("docs/b.jsonl",
                    "{\"id\":\"r1\",\"title\":\"Мост\",\"text\":\"Через реку открыли новый мост.\","
                    "\"date\":\"2024-05-06\",\"lang\":\"ru\",\"source\":\"Газета\"}\n");
    place.dir.write("docs/picture.jpg", "\xFF\xD8\xFF");

    const Finished run = place.rebuild();

    CHECK(run.code == 0);
    CHECK(contains(run.err, "2 documents from 2 files"));
    CHECK(contains(run.err, "1 .jpg"));
    const json stats = place.stats();
    CHECK(stats["documents"] == 2);
    CHECK(stats["by"]["lang"] == json{{"en", 1}, {"ru", 1}});
    CHECK(stats["by"]["format"] == json{{"txt", 1}, {"jsonl", 1}});
    CHECK(stats["by"]["year"]["2024"] == 1);
    CHECK(stats["by"]["source"]["Газета"] == 1);
    CHECK(stats["bytes"] > 0);
    CHECK(contains(stats["fingerprint"], "izde-text/"));
    const json report = json::parse(slurp(fs::path(place.index) / "last-run.json"));
    CHECK(report["published"] == true);
    CHECK(report["generation"] == stats["generation"]);
}

TEST_CASE("from cron, success is silent and a loss is one line", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");

    const Finished good = place.rebuild({"--quiet"});
    place.dir.write("docs/b.jsonl", "{broken\n{\"title\":\"fine\"}\n");
    const Finished lossy = place.rebuild({"--quiet"});

    CHECK(good.code == 0);
    CHECK((good.out + good.err).empty());
    CHECK(lossy.code == 1);
    CHECK(std::ranges::count(lossy.err, '\n') == 1);
    CHECK(contains(lossy.err, "b.jsonl"));
    CHECK(contains(lossy.err, "line 1"));
    CHECK(place.stats()["documents"] == 2);
}

TEST_CASE("what cannot be read is skipped, named and counted, and the rest is indexed", "[programs]") {
    if (::getuid() != 0) return;  // needs a second user; the tests run as root where it matters
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    ::chmod(place.dir.write("docs/secret.txt", "hidden").c_str(), 0);
    place.dir.write("docs/closed/c.txt", "hidden too");
    ::chmod((fs::path(place.docs) / "closed").c_str(), 0);
    fs::create_directories(place.index);
    for (const fs::path& open : {place.dir.path(), fs::path(place.docs), fs::path(place.index)})
        ::chmod(open.c_str(), 0777);

    const Finished run = run_program("izde-indexer", {"rebuild", "--index", place.index, place.docs}, nobody);

    CHECK(run.code == 1);
    CHECK(contains(run.err, "secret.txt"));
    CHECK(contains(run.err, "closed"));
    CHECK(contains(run.err, "ermission denied"));
    CHECK(place.stats()["documents"] == 1);
}

TEST_CASE("an empty folder is not published, and what was live stays", "[programs]") {
    const Place place;
    fs::create_directories(place.docs);

    const Finished first = place.rebuild();
    place.dir.write("docs/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    fs::remove(fs::path(place.docs) / "a.txt");
    const Finished second = place.rebuild();
    const Finished forced = place.rebuild({"--force"});

    CHECK(first.code == 3);
    CHECK(contains(first.err, "no document"));
    CHECK(second.code == 3);
    CHECK(forced.code == 0);
    CHECK(place.stats()["documents"] == 0);
}

TEST_CASE("an index that shrank too far is not published unless forced", "[programs]") {
    const Place place;
    for (int i = 0; i < 10; ++i) place.dir.write("docs/" + std::to_string(i) + ".txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    for (int i = 0; i < 3; ++i) fs::remove(fs::path(place.docs) / (std::to_string(i) + ".txt"));

    const Finished shrunk = place.rebuild();
    const auto kept = place.stats()["documents"];
    const Finished allowed = place.rebuild({"--max-shrink", "40"});

    CHECK(shrunk.code == 3);
    CHECK(contains(shrunk.err, "7 of 10"));
    CHECK(contains(shrunk.err, "--force"));
    CHECK(kept == 10);
    CHECK(allowed.code == 0);
}

TEST_CASE("rollback publishes the previous generation again", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    const auto first = place.stats();
    CHECK(indexer({"rollback", "--index", place.index}).code == 3);
    place.dir.write("docs/b.txt", "More text");
    REQUIRE(place.rebuild().code == 0);
    REQUIRE(place.stats()["documents"] == 2);

    const Finished back = indexer({"rollback", "--index", place.index});

    CHECK(back.code == 0);
    CHECK(place.stats() == first);
    REQUIRE(place.rebuild().code == 0);
    CHECK(place.stats()["documents"] == 2);
}

TEST_CASE("check passes a sound index and finds a changed byte", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    const Finished sound = indexer({"check", "--index", place.index});
    const std::string generation = place.stats()["generation"];
    const fs::path file = fs::path(place.index) / "generations" / generation / "postlist.glass";
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(100) << 'X';

    const Finished rotten = indexer({"check", "--index", place.index});

    CHECK(sound.code == 0);
    CHECK(contains(sound.out, "1 documents"));
    CHECK(rotten.code == 3);
    CHECK(contains(rotten.err, "postlist.glass"));
}

TEST_CASE("a generation can be read with Xapian's own tools", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    const fs::path generation =
        fs::path(place.index) / "generations" / std::string(place.stats()["generation"]);

    CHECK(std::system(("xapian-delve " + generation.string() + " >/dev/null").c_str()) == 0);  // NOLINT
    CHECK(std::system(("xapian-check " + generation.string() + " >/dev/null").c_str()) == 0);  // NOLINT
}

TEST_CASE("a second indexer on the same index is sent away", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    const auto lock = izde::index::Lock::take(place.index);
    REQUIRE(lock);

    const Finished run = place.rebuild();

    CHECK(run.code == 75);
    CHECK(contains(run.err, "pid " + std::to_string(::getpid())));
    CHECK_FALSE(fs::exists(fs::path(place.index) / "last-run.json"));
}

TEST_CASE("an interrupted run publishes nothing and leaves nothing behind", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    const auto before = place.stats();
    // Standard input that never ends keeps the run busy until the signal comes.
    int input[2];
    REQUIRE(::pipe2(input, O_CLOEXEC) == 0);
    const int saved = ::dup(STDIN_FILENO);
    ::dup2(input[0], STDIN_FILENO);
    Process run("izde-indexer", {"rebuild", "--index", place.index, place.docs, "-"});
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
    ::close(input[0]);
    const auto building = [&] {
        for (const auto& entry : fs::directory_iterator(fs::path(place.index) / "generations"))
            if (entry.path().extension() == ".tmp") return true;
        return false;
    };
    while (!building()) std::this_thread::yield();

    run.signal(SIGTERM);
    const Finished ended = run.finish();
    ::close(input[1]);

    CHECK(ended.code == 3);
    CHECK(contains(ended.err, "stopped"));
    CHECK_FALSE(building());
    CHECK(place.stats() == before);
}

TEST_CASE("JSON Lines on standard input is a source", "[programs]") {
    const Place place;
    const std::string file =
        place.dir.write("in.jsonl", "{\"id\":\"x\",\"title\":\"A title\",\"body\":\"Body\"}\n").string();
    const std::string command =
        std::string(IZDE_BINARIES) + "/izde-indexer rebuild --quiet --index " + place.index + " - < " + file;

    CHECK(std::system(command.c_str()) == 0);  // NOLINT: a shell's redirection is what users type
    CHECK(place.stats()["documents"] == 1);
}

TEST_CASE("a dry run reads everything and writes nothing", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");

    const Finished run =
        place.rebuild({"--dry-run", "--report", (place.dir.path() / "report.json").string()});

    CHECK(run.code == 0);
    CHECK(contains(run.err, "nothing was written"));
    CHECK_FALSE(fs::exists(place.index));
    CHECK(json::parse(slurp(place.dir.path() / "report.json"))["documents"] == 1);
}

TEST_CASE("ids survive a rebuild and a move of the index", "[programs]") {
    const Place place;
    place.dir.write("docs/sub/a.txt", "Some text");
    REQUIRE(place.rebuild().code == 0);
    const auto id_of = [](const std::string& root) {
        const auto reader = open_live(root);
        const auto matches = expect(reader.match({izde::index::Everything{}}, {}));
        return expect(reader.fetch(matches.items.at(0))).id;
    };
    const std::string before = id_of(place.index);
    const std::string other = (place.dir.path() / "other").string();

    REQUIRE(indexer({"rebuild", "--quiet", "--index", other, place.docs}).code == 0);

    CHECK(id_of(other) == before);
    CHECK(before.size() == 16);
}

TEST_CASE("inspect prints a line for each document, and for each failure", "[programs]") {
    const TempDir dir;
    const std::string text =
        dir.write("a.txt", "The Bridge\n\nA bridge was opened across the river.\n").string();
    const std::string records =
        dir.write("b.jsonl", "{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\"}\nnonsense\n").string();

    const Finished run = indexer({"inspect", text, records, (dir.path() / "none.txt").string()});

    CHECK(run.code == 1);
    std::istringstream lines(run.out);
    std::vector<json> printed;
    for (std::string line; std::getline(lines, line);) printed.push_back(json::parse(line));
    REQUIRE(printed.size() == 4);
    CHECK(printed[0]["path"] == text);
    CHECK(printed[0]["title"] == "The Bridge");
    CHECK(printed[0]["title_source"] == "first-line");
    CHECK(printed[0]["encoding"] == "UTF-8");
    CHECK(printed[0]["lang"] == "en");
    CHECK(printed[0]["date"]["value"].is_null());
    CHECK(printed[0]["error"].is_null());
    CHECK(printed[1]["record"] == "1");
    CHECK(contains(printed[2]["error"], "line 2"));
    CHECK_FALSE(printed[3]["error"].is_null());
}

TEST_CASE("analyze prints the tokens of a text", "[programs]") {
    const Finished run = indexer({"analyze", "--lang", "en", "Ürümqi exports"});

    CHECK(run.code == 0);
    CHECK(run.out == "{\"folded\":\"urumqi\",\"stem\":\"urumqi\",\"span\":[0,8],\"position\":1,"
                     "\"exact\":\"ürümqi\",\"lang\":\"en\"}\n"
                     "{\"folded\":\"exports\",\"stem\":\"export\",\"span\":[9,16],\"position\":2,"
                     "\"exact\":\"exports\",\"lang\":\"en\"}\n");
}

TEST_CASE("wrong usage is told plainly, with the nearest right one, and touches nothing", "[programs]") {
    const Place place;
    struct Wrong {
        std::vector<std::string> arguments;
        std::string told;
    };
    const std::vector<Wrong> rows{
        {std::vector<std::string>{}, ""},
        {{"rebiuld"}, "rebuild"},
        {{"rebuild", "--indx", "x", "y"}, "--index"},
        {{"rebuild", place.docs}, "--index"},
        {{"rebuild", "--index", place.index}, "name a folder"},
        {{"rebuild", "--index", place.index, place.docs + "-not-there"}, "not-there"},
        {{"rebuild", "--index", place.index, place.docs, "--max-shrink", "101"}, "max-shrink"},
        {{"stats", "--config", place.docs + ".toml"}, ".toml"},
        {{"analyze", "--lang", "English", "x"}, "English"},
    };
    for (const Wrong& row : rows) {
        const Finished run = indexer(row.arguments);
        INFO(run.err);
        CHECK(run.code == 2);
        CHECK(run.out.empty());
        CHECK_FALSE(run.err.empty());
        CHECK(contains(run.err, row.told));
        CHECK_FALSE(fs::exists(place.index));
    }
}

TEST_CASE("an index inside the folder it is of does not index itself", "[programs]") {
    const TempDir dir;
    dir.write("a.txt", "Some text");
    const std::vector<std::string> arguments{"rebuild", "--index", (dir.path() / "index").string(),
                                             dir.path().string()};
    REQUIRE(indexer(arguments).code == 0);

    const Finished again = indexer(arguments);

    CHECK(again.code == 0);
    CHECK(contains(again.err, "1 documents from 1 files"));
}

TEST_CASE("help fits a screen, for the program and each command", "[programs]") {
    for (const std::string command : {"", "rebuild", "inspect", "analyze", "check", "stats", "rollback"}) {
        std::vector<std::string> arguments{"--help"};
        if (!command.empty()) arguments.insert(arguments.begin(), command);
        const Finished run = indexer(arguments);
        INFO(run.out);
        CHECK(run.code == 0);
        CHECK(std::ranges::count(run.out, '\n') <= 40);
        CHECK(run.out.ends_with('\n'));
        CHECK(run.err.empty());
    }
    CHECK(contains(indexer({"--version"}).out, "izde-indexer 0."));
}

TEST_CASE("a missing index is told plainly", "[programs]") {
    const Place place;
    fs::create_directories(place.index);
    for (const std::string command : {"check", "stats", "rollback"}) {
        const Finished run = indexer({command, "--index", place.index});
        CHECK(run.code == 3);
        CHECK(contains(run.err, "no index"));
        CHECK(contains(run.err, "izde-indexer rebuild"));
    }
}

TEST_CASE("the configuration file serves, and flags win over it", "[programs]") {
    const Place place;
    place.dir.write("docs/a.txt", "Some text");
    const std::string config =
        place.dir
            .write("izde.toml", "index = \"" + place.index + "\"\n[[source]]\npath = \"" + place.docs +
                                    "\"\nname = \"clips\"\n")
            .string();
    const std::string other = (place.dir.path() / "other").string();

    CHECK(indexer({"rebuild", "--quiet", "--config", config}).code == 0);
    CHECK(place.stats()["documents"] == 1);
    CHECK(indexer({"rebuild", "--quiet", "--config", config, "--index", other}).code == 0);
    CHECK(fs::exists(other + "/current"));

    place.dir.write("izde.toml", "index = \"x\"\nsauce = 1\n");
    const Finished wrong = indexer({"rebuild", "--config", config});
    CHECK(wrong.code == 2);
    CHECK(contains(wrong.err, "izde.toml:2"));
    CHECK(contains(wrong.err, "source"));
}

TEST_CASE("reprints in a folder know their group, after each rebuild the same", "[programs]") {
    const Place place;
    const std::string story = "The mill on the upper river turns again after forty years of rest. Volunteers "
                              "cut the new wheel from larch and hung it in "
                              "March, when the ice had gone.\n\nFlour is ground on Saturdays, and whoever "
                              "brings a sack of grain may pour it in with their own "
                              "hands.\n\nThe oldest of the millers, who is ninety, came to hear the stones "
                              "and said that they sounded as they always did.\n";
    place.dir.write("docs/a.md", "---\ntitle: The mill turns again\ndate: 2024-05-09\n---\n" + story);
    place.dir.write("docs/b.md", "---\ntitle: Flour from the upper river\ndate: 2024-05-07\n---\n" + story +
                                     "\nMore next week.\n");
    place.dir.write("docs/c.txt", "Old mill, new wheel\n\n" + story);
    place.dir.write(
        "docs/d.txt",
        "Library opens\n\nThe library in the station opens on Monday with nine thousand books.\n");
    const auto groups = [&] {
        const izde::index::Generations generations(place.index);
        const auto reader = expect(izde::index::Reader::open(generations.path(expect(generations.live()))));
        std::vector<std::string> found;
        for (const char* path : {"a.md", "b.md", "c.txt", "d.txt"}) {
            const auto document = expect(reader.fetch(izde::indexer::document_id("docs", path, "")));
            found.push_back(document.group + " " + std::to_string(document.similar));
        }
        return found;
    };
    REQUIRE(place.rebuild().code == 0);
    const std::string leader = izde::indexer::document_id("docs", "b.md", "") + " 2";
    CHECK(groups() == std::vector<std::string>{leader, leader, leader, " 0"});
    fs::remove(place.docs + "/b.md");
    REQUIRE(place.rebuild({"--force"}).code == 0);
    place.dir.write("docs/b.md", "---\ntitle: Flour from the upper river\ndate: 2024-05-07\n---\n" + story +
                                     "\nMore next week.\n");
    REQUIRE(place.rebuild().code == 0);
    CHECK(groups() == std::vector<std::string>{leader, leader, leader, " 0"});
}
