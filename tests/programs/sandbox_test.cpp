// izde-indexer on systems that lack a part of the sandbox, and beside files that ended their reader.
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "poison.hpp"
#include "support/run_program.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// As on a kernel that lacks one: its system call is not known.
void forget(int call) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
    if (seccomp_load(filter) != 0) _exit(125);
}

void forget_landlock() {
    forget(static_cast<int>(SYS_landlock_create_ruleset));
}

void forget_seccomp() {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                     scmp_arg_cmp{0, SCMP_CMP_EQ, 22, 0});  // PR_SET_SECCOMP
    if (seccomp_load(filter) != 0) _exit(125);
}

// The indexer, on a system without that.
Finished indexer_without(void (*what)(), const std::vector<std::string>& arguments) {
    return run_program("izde-indexer", arguments, ::getuid(), what);
}

struct Place {
    TempDir dir;
    std::string index = (dir.path() / "index").string();
    std::string docs = (dir.path() / "docs").string();

    Place() {
        dir.write("docs/a.txt", "The Bridge\n\nA bridge was opened across the river this morning.\n");
        dir.write("docs/page.html",
                  "<title>The Road</title><p>A road was opened behind the bridge at noon.</p>");
    }
    std::vector<std::string> rebuild(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"rebuild", "--index", index, docs});
        return more;
    }
};

}  // namespace

TEST_CASE("without the whole sandbox nothing is touched, unless the best is enough", "[programs]") {
    const auto [forgotten, name] = GENERATE(
        table<void (*)(), const char*>({{forget_landlock, "Landlock"}, {forget_seccomp, "seccomp"}}));
    const Place place;

    const Finished refused = indexer_without(forgotten, place.rebuild());
    CHECK(refused.code == 2);
    CHECK(contains(refused.err, std::string("no ") + name));
    CHECK(contains(refused.err, "best-effort"));
    CHECK_FALSE(fs::exists(place.index));
    CHECK(indexer_without(forgotten, {"inspect", place.docs + "/page.html"}).code == 2);

    const Finished weaker = indexer_without(forgotten, place.rebuild({"--sandbox", "best-effort"}));
    CHECK(weaker.code == 0);
    CHECK(contains(weaker.err, std::string("no ") + name));
    CHECK(contains(weaker.err, "2 documents"));

    const auto config = place.dir.write("izde.toml", "[indexer]\nsandbox = \"best-effort\"\n");
    CHECK(indexer_without(forgotten, place.rebuild({"--config", config.string()})).code == 0);
    CHECK(indexer_without(forgotten, place.rebuild({"--config", config.string(), "--sandbox", "required"}))
              .code == 2);
}

TEST_CASE("a file that ended its reader is not tried again, and the report says so each time", "[programs]") {
    const Place place;
    REQUIRE(run_program("izde-indexer", place.rebuild()).code == 0);
    izde::indexer::Poison poison;
    const int file = ::open((place.docs + "/page.html").c_str(), O_RDONLY | O_CLOEXEC);
    poison.add("docs", "page.html", file, "its reader crashed (signal 11)", 0);
    ::close(file);
    expect(poison.save(place.index));

    for (int night = 0; night < 2; ++night) {
        const Finished run = run_program("izde-indexer", place.rebuild({"--max-shrink", "50"}));
        CHECK(run.code == 1);
        CHECK(contains(run.err, "page.html: not tried again: its reader crashed (signal 11) on 2"));
    }
    CHECK(run_program("izde-indexer", {"inspect", place.docs + "/page.html"}).code == 0);
    CHECK(run_program("izde-indexer", place.rebuild({"--dry-run"})).code == 1);

    std::ofstream(place.docs + "/page.html") << "<title>The Road</title><p>It is another text now.</p>";
    CHECK(run_program("izde-indexer", place.rebuild()).code == 0);
    CHECK(run_program("izde-indexer", place.rebuild()).code == 0);
    CHECK(json::parse(std::ifstream(place.index + "/poison.json"))["files"].empty());
}

TEST_CASE("a damaged list of such files is a warning", "[programs]") {
    const Place place;
    REQUIRE(run_program("izde-indexer", place.rebuild()).code == 0);
    std::ofstream(place.index + "/poison.json") << "{\"files\": [{}]}";
    const Finished run = run_program("izde-indexer", place.rebuild());
    CHECK(run.code == 0);
    CHECK(contains(run.err, "poison.json is damaged"));
}
