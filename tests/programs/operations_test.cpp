// izde-indexer at work every night: what it says, what it refuses, what it leaves behind.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <sys/mount.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "izde/config.hpp"

#include "budget.hpp"
#include "http/rate.hpp"
#include "support/run_program.hpp"
#include "support/served_index.hpp"
#include "support/temp_dir.hpp"
#include "wait_live.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string slurp(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Night {
    TempDir dir;
    std::string index = (dir.path() / "index").string();
    std::string docs = (dir.path() / "docs").string();
    fs::path report = dir.path() / "report.json";

    Finished rebuild(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"rebuild", "--index", index};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto config = std::ranges::find(more, "--config");
        if (config == more.end()) arguments.push_back(docs);
        return run_program("izde-indexer", arguments);
    }
    std::string configured(const std::string& more) const {
        return dir.write("izde.toml", "[[source]]\npath = \"" + docs + "\"\n" + more).string();
    }
    json reported() const { return json::parse(slurp(report)); }
    json stats() const {
        return json::parse(run_program("izde-indexer", {"stats", "--json", "--index", index}).out);
    }
};

// "path" or "path#record" of each.
std::vector<std::string> places(const json& list) {
    std::vector<std::string> names;
    for (const json& one : list)
        names.push_back(one["path"].get<std::string>() +
                        (one["record"].is_null() ? "" : "#" + one["record"].get<std::string>()));
    std::ranges::sort(names);
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a report names each document that was added, changed, removed or skipped, and why",
          "[operations]") {
    const Night night;
    night.dir.write("docs/kept.txt", "The bridge over the river was opened.");
    night.dir.write("docs/changed.txt", "The mill turns.");
    night.dir.write("docs/gone.txt", "The ferry sails.");
    night.dir.write("docs/broken.json", "{\"title\": \"whole\"}");
    night.dir.write("docs/r.jsonl", "{\"id\":\"1\",\"text\":\"one\"}\n{\"id\":\"2\",\"text\":\"two\"}\n");
    const Finished first = night.rebuild({"--report", night.report.string()});
    REQUIRE(first.code == 0);
    CHECK(places(night.reported()["added"]).size() == 6);
    CHECK(night.reported()["unchanged"] == 0);
    CHECK(contains(first.err, "6 added, 0 changed, 0 removed, 0 unchanged"));

    night.dir.write("docs/changed.txt", "The mill turns again.");
    fs::remove(fs::path(night.docs) / "gone.txt");
    night.dir.write("docs/broken.json", "{\"title\": ");
    night.dir.write("docs/new.txt", "Something new.");
    night.dir.write("docs/r.jsonl", "{\"id\":\"2\",\"text\":\"two\"}\n{\"id\":\"3\",\"text\":\"three\"}\n");
    const Finished second = night.rebuild({"--report", night.report.string(), "--max-shrink", "90"});

    CHECK(second.code == 1);
    const json report = night.reported();
    CHECK(places(report["added"]) == Names{"new.txt", "r.jsonl#3"});
    CHECK(places(report["changed"]) == Names{"changed.txt"});
    CHECK(places(report["removed"]) == Names{"broken.json", "gone.txt", "r.jsonl#1"});
    CHECK(report["unchanged"] == 2);
    CHECK(report["added"][0]["source"] == "docs");
    CHECK(report["removed"][0]["source"] == "docs");
    CHECK(report["removed"][0]["reason"] == report["skipped"][0]["reason"]);
    CHECK(report["removed"][1]["reason"] == "not found");
    CHECK(report["skipped"][0]["path"] == "broken.json");
    CHECK(report["skipped"][0]["source"] == "docs");
    CHECK(contains(second.err, "2 added, 1 changed, 3 removed, 2 unchanged"));
    CHECK(slurp(fs::path(night.index) / "last-run.json") == slurp(night.report));
    CHECK_FALSE(fs::exists(night.report.string() + ".new"));
}

TEST_CASE("a rebuild of the same folder changes nothing", "[operations]") {
    const Night night;
    fs::copy(fs::path(IZDE_ROOT) / "samples", night.docs, fs::copy_options::recursive);
    REQUIRE(night.rebuild().code == 0);

    REQUIRE(night.rebuild({"--report", night.report.string()}).code == 0);

    const json report = night.reported();
    CHECK(report["added"].empty());
    CHECK(report["changed"].empty());
    CHECK(report["removed"].empty());
    CHECK(report["unchanged"] == report["documents"]);
}

TEST_CASE("a dry run says what a run would change, and refuses what it would refuse", "[operations]") {
    const Night night;
    fs::copy(fs::path(IZDE_ROOT) / "samples/english", night.docs, fs::copy_options::recursive);
    REQUIRE(night.rebuild().code == 0);
    const std::string before = slurp(fs::path(night.index) / "last-run.json");
    const json live = night.stats();
    std::ofstream(fs::path(night.docs) / "chess-girl-wins.txt", std::ios::app) << "More of it.\n";
    fs::remove(fs::path(night.docs) / "tuyuksu-glacier.txt");
    night.dir.write("docs/new.txt", "Something new.");

    const Finished dry = night.rebuild({"--dry-run", "--report", night.report.string()});

    CHECK(dry.code == 0);
    CHECK(contains(dry.err, "1 added, 1 changed, 1 removed"));
    CHECK(contains(dry.err, "  + new.txt\n  ~ chess-girl-wins.txt\n  - tuyuksu-glacier.txt\n"));
    CHECK(slurp(fs::path(night.index) / "last-run.json") == before);
    CHECK(night.stats() == live);

    for (const auto& entry : fs::directory_iterator(night.docs))
        if (entry.path().extension() == ".txt") fs::remove(entry.path());
    const Finished shrunk = night.rebuild({"--dry-run"});
    CHECK(shrunk.code == 3);
    CHECK(contains(shrunk.err, "--max-shrink"));
}

TEST_CASE("a damaged live index does not keep a rebuild from taking its place", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    REQUIRE(night.rebuild().code == 0);
    const fs::path file =
        fs::path(night.index) / "generations" / std::string(night.stats()["generation"]) / "docdata.glass";
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(100) << 'X';

    const Finished run = night.rebuild({"--report", night.report.string()});

    CHECK(run.code == 0);
    CHECK(contains(run.err, "what changed is not known"));
    CHECK(night.reported()["added"].is_null());
    CHECK(contains(night.reported()["uncompared"], "docdata.glass"));
    CHECK(run_program("izde-indexer", {"check", "--index", night.index}).code == 0);
}

TEST_CASE("patterns of the command line narrow what is read", "[operations]") {
    const Night night;
    for (const char* file : {"a.txt", "a.md", "drafts/b.txt", "c.txt~", "2023/d.md"})
        night.dir.write(std::string("docs/") + file, "Some text");
    const auto indexed = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--dry-run", "--report", night.report.string()});
        REQUIRE(night.rebuild(arguments).code == 0);
        return places(night.reported()["added"]);
    };

    CHECK(indexed({}) == Names{"2023/d.md", "a.md", "a.txt", "c.txt~", "drafts/b.txt"});
    CHECK(indexed({"--exclude", "drafts/", "--exclude", "*~"}) == Names{"2023/d.md", "a.md", "a.txt"});
    CHECK(night.reported()["ignored"]["excluded"] == 2);
    CHECK(indexed({"--include", "*.md", "--exclude", "2023/"}) == Names{"a.md"});
    const std::string config = night.configured("exclude = [\"drafts/\"]\ninclude = [\"*.txt\"]\n");
    CHECK(indexed({"--config", config}) == Names{"a.txt"});
    CHECK(indexed({"--config", config, "--include", "*.md", "--exclude", "2023/"}) == Names{"a.md"});

    const Finished wrong = night.rebuild({"--exclude", "[a"});
    CHECK(wrong.code == 2);
    CHECK(contains(wrong.err, "'[a'"));
    CHECK_FALSE(fs::exists(night.index));
}

TEST_CASE("an index that does not answer a canary is not published, and check asks them too",
          "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "The council voted on the budget of the town.");
    night.dir.write("docs/b.txt", "The mosaic of the Бәйтерек station, 天山 behind it.");
    struct Row {
        std::string canary, told;  // nothing told: it is answered
    };
    const std::vector<Row> rows{
        {"query = \"budget vote\"", ""},
        {"query = \"budgets\"\npath = \"a.txt\"", ""},
        {"query = \"БӘЙТЕРЕК\"", ""},
        {"query = \"baiterek\"", "found 0 documents"},
        {"query = \"天山\"", ""},
        {"query = \"山天\"", "found 0 documents"},
        {"query = '\"the budget of the town\"'", ""},
        {"query = '\"town of the budget\"'", "found 0 documents and should find one"},
        {"query = 'council \"the budget\"'", ""},
        {"query = \"the\"\nmin = 2", ""},
        {"query = \"the\"\nmin = 3", "found 2 documents and should find at least 3"},
        {"query = \"budget\"\npath = \"b.txt\"", "did not find b.txt among 1 document"},
        {"query = \"budget\"\npath = \"a/txt\"", "did not find a/txt"},
    };
    REQUIRE(night.rebuild().code == 0);
    for (const Row& row : rows) {
        const std::string config = night.configured("[[canary]]\n" + row.canary + "\n");
        const Finished check =
            run_program("izde-indexer", {"check", "--index", night.index, "--config", config});
        INFO(row.canary << "\n" << check.err);
        CHECK(check.code == (row.told.empty() ? 0 : 3));
        CHECK(contains(check.err, row.told));
    }
    for (const Row& row : {rows.front(), rows.back()}) {
        const json before = night.stats();
        const Finished run =
            night.rebuild({"--config", night.configured("[[canary]]\n" + row.canary + "\n")});
        INFO(row.canary << "\n" << run.err);
        CHECK(run.code == (row.told.empty() ? 0 : 3));
        CHECK(contains(run.err, row.told));
        CHECK((night.stats() == before) == !row.told.empty());
        CHECK(std::distance(fs::directory_iterator(fs::path(night.index) / "generations"), {}) == 2);
    }
    const Finished wrong = night.rebuild({"--config", night.configured("[[canary]]\nquery = \"...\"\n")});
    CHECK(wrong.code == 2);
    CHECK(contains(wrong.err, "'...' has no word"));
}

TEST_CASE("addresses of searchd are understood, and what is none is told", "[operations]") {
    using izde::indexer::read_address;
    struct Row {
        std::string url, host;
        int port;
        std::string path;
    };
    for (const Row& row : std::vector<Row>{
             {"http://127.0.0.1:8080", "127.0.0.1", 8080, "/readyz"},
             {"http://localhost", "localhost", 80, "/readyz"},
             {"http://search.example.org/", "search.example.org", 80, "/readyz"},
             {"http://[::1]:9000/izde/readyz", "::1", 9000, "/izde/readyz"},
             {"http://[::1]", "::1", 80, "/readyz"},
         }) {
        const auto address = read_address(row.url);
        INFO(row.url);
        REQUIRE(address);
        CHECK(address->host == row.host);
        CHECK(address->port == row.port);
        CHECK(address->path == row.path);
    }
    for (const char* url :
         {"", "127.0.0.1:8080", "https://a", "http://", "http://:80", "http://a:", "http://a:b", "http://a:0",
          "http://a:65536", "http://a:80x", "http://[::1", "http://[::1]80", "http://a b", "http://a/b c",
          "http://a/\r\nX: y", "http://u@a", "http://a/#b"}) {
        INFO(url);
        const auto address = read_address(url);
        REQUIRE_FALSE(address);
        CHECK(address.error().code == izde::Errc::bad_argument);
    }
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    CHECK(night.rebuild({"--wait-live", "nonsense"}).code == 2);
    CHECK_FALSE(fs::exists(night.index));
}

TEST_CASE("with --wait-live a run ends when searchd serves the new index", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    REQUIRE(night.rebuild().code == 0);
    Process daemon("izde-searchd", {"--index", night.index, "--listen", "127.0.0.1:0"});
    const int port = port_said(daemon.wait_for("/\n"));
    const std::string url = "http://127.0.0.1:" + std::to_string(port);
    night.dir.write("docs/b.txt", "More text");

    const Finished run = night.rebuild({"--quiet", "--wait-live", url});

    CHECK(run.code == 0);
    CHECK(run.err.empty());
    CHECK(json::parse(HttpClient(port).get("/readyz").body)["generation"] == night.stats()["generation"]);
}

TEST_CASE("an index that nobody comes to serve is published, and told with exit 1", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    const Night other;
    other.dir.write("docs/a.txt", "Some text");
    REQUIRE(other.rebuild().code == 0);
    Process daemon("izde-searchd", {"--index", other.index, "--listen", "127.0.0.1:0"});
    const std::string url = "http://127.0.0.1:" + std::to_string(port_said(daemon.wait_for("/\n")));
    const std::string config = night.configured("[indexer]\nwait_live_seconds = 1\n");
    REQUIRE(night.rebuild().code == 0);

    const Finished run = night.rebuild({"--quiet", "--config", config, "--wait-live", url});

    CHECK(run.code == 1);
    CHECK(contains(run.err, "published, but searchd at " + url + " still serves "));
    CHECK(std::ranges::count(run.err, '\n') == 1);
    const json report = json::parse(slurp(fs::path(night.index) / "last-run.json"));
    CHECK(report["published"] == true);
    CHECK(contains(report["unconfirmed"], "still serves"));
    CHECK(report["exit"] == 1);
}

TEST_CASE("with --quiet every failure is one line", "[operations]") {
    const Night night;
    fs::create_directories(night.docs);
    const std::vector<std::vector<std::string>> rows{
        {"rebuild", "--quiet", "--index", night.index, night.docs},
        {"rebuild", "--quiet", "--index", night.index},
        {"rebuild", "--quiet", "--index", night.index, night.docs + "/none"},
        {"rebuild", "--quiet", "--indx", night.index, night.docs},
        {"check", "--quiet", "--index", night.index},
        {"stats", "--quiet", "--index", night.index + "/none"},
        {"rollback", "--quiet", "--index", night.index},
    };
    for (const auto& row : rows) {
        const Finished run = run_program("izde-indexer", row);
        INFO(run.err);
        CHECK(run.code >= 2);
        CHECK(run.out.empty());
        CHECK(std::ranges::count(run.err, '\n') == 1);
        CHECK(run.err.starts_with("izde-indexer: "));
    }
}

TEST_CASE("what is printed has no control characters, whatever files are called", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    night.dir.write("docs/\x1b[2Jnew\nline\x7f.json", "{");
    night.dir.write("docs/\x1b]0;title\x07.txt", "Some text");

    for (const char* how : {"--verbose", "--quiet", "--dry-run"}) {
        const Finished run = night.rebuild({how});
        CHECK(run.code == 1);
        const auto is_control = [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7F; };
        CHECK(std::ranges::none_of(run.err, is_control));
        CHECK(contains(run.err, "?[2Jnew?line?.json"));
    }
}

TEST_CASE("a report goes where a link leads, into a pipe, and nowhere without a folder", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    const fs::path real = night.dir.write("real.json", "old");
    fs::create_symlink(real, night.report);

    REQUIRE(night.rebuild({"--report", night.report.string()}).code == 0);
    CHECK(fs::is_symlink(night.report));
    CHECK(json::parse(slurp(real))["published"] == true);

    const Finished piped = night.rebuild({"--report", "/dev/stdout"});
    CHECK(piped.code == 0);
    CHECK(json::parse(piped.out)["published"] == true);

    const Finished nowhere = night.rebuild({"--report", (night.dir.path() / "none/report.json").string()});
    CHECK(nowhere.code == 2);
}

TEST_CASE("stats says how old and how large an index is", "[operations]") {
    const Night night;
    night.dir.write("docs/a.txt", "Some text");
    REQUIRE(night.rebuild().code == 0);

    const Finished run = run_program("izde-indexer", {"stats", "--index", night.index});

    CHECK(contains(run.out, ", just now"));
    CHECK(contains(run.out, "size "));
}

TEST_CASE("a full disk is told plainly, and costs nothing but the new index", "[operations]") {
    const Night night;
    const fs::path small = night.dir.path() / "small";
    fs::create_directories(small);
    if (::mount("izde", small.c_str(), "tmpfs", 0, "size=3m") != 0) return;  // only root may
    fs::copy(fs::path(IZDE_ROOT) / "samples", night.docs, fs::copy_options::recursive);
    const std::string index = (small / "index").string();
    const Finished first = run_program("izde-indexer", {"rebuild", "--quiet", "--index", index, night.docs});
    const auto generations = [&] {
        return std::distance(fs::directory_iterator(fs::path(index) / "generations"), {});
    };
    std::ofstream(small / "filler") << std::string(fs::space(small).available - 200'000, 'x');

    // Without --force it is refused before it begins.
    const Finished full =
        run_program("izde-indexer", {"rebuild", "--force", "--quiet", "--index", index, night.docs});
    const auto left = generations();
    const Finished check = run_program("izde-indexer", {"check", "--index", index});
    fs::remove(small / "filler");
    const Finished again = run_program("izde-indexer", {"rebuild", "--quiet", "--index", index, night.docs});
    ::umount2(small.c_str(), MNT_DETACH);

    CHECK(first.code == 0);
    CHECK(full.code == 3);
    CHECK(contains(full.err, "the disk is full"));
    CHECK(contains(full.err, "free some disk space"));
    CHECK(std::ranges::count(full.err, '\n') == 1);
    CHECK(left == 1);
    CHECK(check.code == 0);
    CHECK(again.code == 0);
}

TEST_CASE("a signal ends a run in each of its phases, with nothing left behind", "[operations]") {
    const Night night;
    fs::copy(fs::path(IZDE_ROOT) / "samples", night.docs, fs::copy_options::recursive);
    REQUIRE(night.rebuild().code == 0);
    const json before = night.stats();
    const auto files = [&] {
        Names names;
        for (const auto& entry : fs::recursive_directory_iterator(night.index)) names.push_back(entry.path());
        std::ranges::sort(names);
        return names;
    };
    const Names quiet = files();
    // What a phase begins with, as the system sees it: the signal comes right behind. Threads count
    // their calls each for itself, so a call that any of them may make is told by its file instead.
    struct Row {
        std::string call;
        int number;
        std::string file;
    };
    const std::vector<Row> rows{{"getdents64", 1, ""},
                                {"openat", 1, "2024-03-27-astana-delegation.txt"},  // read first
                                {"openat", 1, "sammit-v-siane.html"},               // and last
                                {"mkdir", 3, ""},
                                {"fsync", 1, ""},
                                {"rename", 1, ""}};
    for (const Row& row : rows)
        for (const std::string signal : {"SIGINT", "SIGTERM"}) {
            const std::string inject = row.call + ":signal=" + signal + ":when=" + std::to_string(row.number);
            const std::string only = row.file.empty() ? "" : " -P " + row.file;
            const std::string log = (night.dir.path() / "said").string();
            const std::string command = "strace -f -o /dev/null -e trace=" + row.call + only +
                                        " -e inject=" + inject + " env ASAN_OPTIONS=detect_leaks=0 " +
                                        IZDE_BINARIES + "/izde-indexer rebuild --quiet --index " +
                                        night.index + " " + night.docs + " 2>" + log;
            const int status = std::system(command.c_str());  // NOLINT: a shell's redirection
            INFO(inject << only << ": " << slurp(log));
            if (WEXITSTATUS(status) == 127) return;  // no strace here
            CHECK(WEXITSTATUS(status) == 3);
            CHECK(slurp(log) == "izde-indexer: stopped; nothing was published\n");
            CHECK(files() == quiet);
            CHECK(night.stats() == before);
        }
}

TEST_CASE("the services may do little", "[operations]") {
    struct Row {
        std::string service, tenths;  // of exposure, at most
    };
    for (const auto& [service, tenths] : std::vector<Row>{{"izde-indexer", "10"}, {"izde-searchd", "15"}}) {
        const std::string analyze = "systemd-analyze security --offline=yes --threshold=" + tenths + " " +
                                    std::string(IZDE_ROOT) + "/packaging/" + service +
                                    ".service >/dev/null 2>&1";
        const int status = std::system(analyze.c_str());  // NOLINT: it is a program of the system's

        CHECK((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 127));  // 127: there is no systemd here
    }
}

TEST_CASE("the sample configuration explains every setting there is", "[operations]") {
    const std::string sample = slurp(fs::path(IZDE_ROOT) / "packaging/izde.toml");
    const TempDir dir;
    // A key that nobody knows is answered by those that are known there.
    for (const std::string section :
         {"", "[[source]]\n", "[indexer]\n", "[[canary]]\n", "[searchd]\n", "[searchd.limits]\n"}) {
        const auto refused = izde::read_config(dir.write("izde.toml", section + "zzzzzzzzzzzzzzzz = 1\n"));
        REQUIRE_FALSE(refused);
        std::istringstream known(refused.error().hint.substr(std::string("known here:").size()));
        std::string key;
        while (known >> key) {
            INFO(section << key);
            const bool is_section = (section.empty() && key != "index") || key == "limits";
            const bool is_explained =
                is_section ? contains(sample, "[" + key + "]") || contains(sample, "." + key + "]")
                           : contains(sample, "\n" + key + " = ") || contains(sample, "\n#" + key + " = ");
            CHECK(is_explained);
        }
    }
}

TEST_CASE("the sample configuration can be read, and says each default as it is", "[operations]") {
    const fs::path file = fs::path(IZDE_ROOT) / "packaging/izde.toml";
    const auto shipped = izde::read_config(file);
    REQUIRE(shipped);
    CHECK(shipped->sources.size() == 1);
    // With each setting switched on: what a comment shows is what is meant without it, or an example.
    std::istringstream lines(slurp(file));
    std::string all;
    for (std::string line; std::getline(lines, line);) {
        const bool is_setting = line.starts_with('#') && !line.starts_with("# ") && line.size() > 1;
        all += (is_setting ? line.substr(1) : line) + "\n";
    }
    const TempDir dir;

    const auto config = izde::read_config(dir.write("izde.toml", all));

    REQUIRE(config);
    const izde::SourceConfig usual;
    REQUIRE(config->sources.size() == 1);
    CHECK(config->sources[0].hidden == usual.hidden);
    CHECK(config->sources[0].max_file_mb == usual.max_file_mb);
    CHECK(config->sources[0].one_file_system == usual.one_file_system);
    CHECK(config->sources[0].exclude.size() == 3);
    CHECK(config->max_shrink == 20);
    CHECK(config->memory == izde::indexer::Budget::default_megabytes);
    CHECK(config->wait_live_seconds == 30);
    REQUIRE(config->canaries.size() == 1);
    CHECK(config->canaries[0].min == izde::CanaryConfig().min);
    CHECK(config->listen == "127.0.0.1:8080");
    CHECK(config->is_public == false);
    CHECK(config->freshness == 0.0);
    CHECK(config->aliases.size() == 1);
    CHECK_FALSE(config->web.empty());
    CHECK(config->rate == 0);
    CHECK(config->burst == izde::http::RateLimit().burst);
    CHECK(config->log == true);
    CHECK(config->log_queries == izde::QueryLog::off);
    CHECK(config->log_addresses == izde::AddressLog::off);
    CHECK_FALSE(config->url.empty());
    CHECK_FALSE(config->api_key_file.empty());
    CHECK(config->allowed_hosts.size() + config->cors_origins.size() + config->trusted_proxies.size() == 5);
}
