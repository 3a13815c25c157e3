// The files under the sources, and what stands in the way.
#include <algorithm>
#include <functional>
#include <istream>
#include <iterator>
#include <map>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "descriptor_stream.hpp"
#include "open.hpp"
#include "support/temp_dir.hpp"
#include "walk.hpp"

using izde::SourceConfig;
using izde::indexer::DescriptorStream;
using izde::indexer::Entry;
using izde::indexer::Obstacle;
using izde::indexer::open_file;
using izde::tests::TempDir;

namespace {

struct Seen {
    std::vector<Entry> files;
    std::map<std::string, std::string> skipped;  // reason by path
    std::map<std::string, std::string> ignored;

    std::vector<std::string> paths() const {
        std::vector<std::string> all;
        for (const auto& entry : files) all.push_back(entry.path);
        return all;
    }
};

Seen see(const std::vector<SourceConfig>& sources) {
    Seen seen;
    const auto walked = izde::indexer::walk(
        sources, {[&](const Entry& entry) { seen.files.push_back(entry); },
                  [&](const Obstacle& obstacle) {
                      auto& list = obstacle.kind == Obstacle::Kind::skipped ? seen.skipped : seen.ignored;
                      list[obstacle.path] = obstacle.reason;
                  },
                  {}});
    REQUIRE(walked);
    return seen;
}

Seen see_in(const std::filesystem::path& folder) {
    return see({{folder.string(), ""}});
}

std::string content(const std::filesystem::path& file) {
    const auto descriptor = open_file(file);
    if (!descriptor) return "cannot open: " + descriptor.error().message;
    DescriptorStream in(descriptor->get());
    return {std::istreambuf_iterator<char>(in), {}};
}

// True if `check` holds for a user without rights; root may read everything.
bool holds_for_a_stranger(const std::function<bool()>& check) {
    const pid_t child = fork();
    if (child == 0) {
        const bool dropped = geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0);
        _exit(dropped && check() ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("files come sorted by name, with their source, their path and their size", "[read]") {
    const TempDir dir;
    dir.write("news/b.txt", "bb");
    dir.write("news/a/2.txt", "2");
    dir.write("news/a/1.txt", "1");
    dir.write("news/Ä.txt", "x");

    const auto seen = see_in(dir.path() / "news");

    CHECK(seen.paths() == Paths{"a/1.txt", "a/2.txt", "b.txt", "Ä.txt"});
    CHECK(seen.files[2].source == "news");
    CHECK(seen.files[2].stamp.bytes == 2);
    CHECK(content(seen.files[2].file) == "bb");
    CHECK(seen.skipped.empty());
    CHECK(seen.ignored.empty());
}

TEST_CASE("patterns say what is read, and folders they exclude are not entered", "[read]") {
    const TempDir dir;
    for (const char* file : {"a.txt", "a.md", "b.txt~", "drafts/a.txt", "2023/drafts/b.txt", "2023/a.md",
                             "2023/x/b.pdf", "2024/a.txt", "2024/keep.md"})
        dir.write(file, "x");
    ::chmod((dir.path() / "drafts").c_str(), 0);
    izde::SourceConfig source{dir.path().string(), ""};
    source.include = {"*.txt", "2023/"};
    source.exclude = {"drafts/", "*~", "/2024/*", "!keep.md"};

    const auto seen = see({source});
    ::chmod((dir.path() / "drafts").c_str(), 0755);

    CHECK(seen.paths() == Paths{"2023/a.md", "2023/x/b.pdf", "a.txt"});
    CHECK(seen.skipped.empty());
    CHECK(seen.ignored == std::map<std::string, std::string>{{"2023/drafts", "excluded"},
                                                             {"2024/a.txt", "excluded"},
                                                             {"2024/keep.md", "not included"},
                                                             {"a.md", "not included"},
                                                             {"b.txt~", "excluded"},
                                                             {"drafts", "excluded"}});
}

TEST_CASE("hidden files are read where the source says so", "[read]") {
    const TempDir dir;
    dir.write(".a/b.txt", "x");
    dir.write(".c", "x");
    izde::SourceConfig source{dir.path().string(), ""};
    source.hidden = true;

    CHECK(see({source}).paths() == Paths{".a/b.txt", ".c"});
}

TEST_CASE("a file larger than the source allows is skipped, unopened, with the reason", "[read]") {
    const TempDir dir;
    std::filesystem::resize_file(dir.write("holes.txt", ""), 1'000'001);
    std::filesystem::resize_file(dir.write("most.txt", ""), 1'000'000);
    std::filesystem::resize_file(dir.write("default.txt", ""), 300'000'000);
    izde::SourceConfig source{dir.path().string(), ""};
    source.max_file_mb = 1;
    izde::SourceConfig file{(dir.path() / "holes.txt").string(), ""};
    file.max_file_mb = 1;

    const auto seen = see({source});

    CHECK(seen.paths() == Paths{"most.txt"});
    CHECK(seen.skipped.at("holes.txt") == "larger than 1 MB");
    CHECK(see({file}).skipped.at("holes.txt") == "larger than 1 MB");
    CHECK(see_in(dir.path()).skipped.at("default.txt") == "larger than 256 MB");
}

TEST_CASE("a pattern that means nothing stops the walk before it begins", "[read]") {
    const TempDir dir;
    dir.write("a.txt", "x");
    izde::SourceConfig source{dir.path().string(), ""};
    source.exclude = {"[a"};
    bool visited = false;

    const auto walked = izde::indexer::walk({{dir.path().string(), ""}, source},
                                            {[&](const Entry&) { visited = true; }, {}, {}});

    REQUIRE_FALSE(walked);
    CHECK(walked.error().code == izde::Errc::bad_argument);
    CHECK_FALSE(visited);
}

TEST_CASE("a file comes with the stamp that its open descriptor has", "[read]") {
    const TempDir dir;
    const auto file = dir.write("a.txt", "content");

    const auto seen = see_in(dir.path());

    REQUIRE(seen.files.size() == 1);
    const int descriptor = open(file.c_str(), O_RDONLY);
    CHECK(seen.files[0].stamp == izde::indexer::stamp_of(descriptor));
    close(descriptor);
    CHECK(seen.files[0].stamp.bytes == 7);
    CHECK(seen.files[0].stamp.mtime_ns > 1'500'000'000'000'000'000);
    CHECK(seen.files[0].stamp.inode != 0);
}

TEST_CASE("content is the same until size, time of change or file differ, and not by rights or links",
          "[read]") {
    using izde::indexer::is_same_content;
    const izde::indexer::Stamp stamp{.bytes = 1, .mtime_ns = -2, .ctime_ns = 3, .inode = 4, .device = 5};
    const auto with = [&](auto change) {
        auto other = stamp;
        change(other);
        return is_same_content(stamp, other);
    };

    CHECK(is_same_content(stamp, stamp));
    CHECK(with([](auto& other) { ++other.ctime_ns; }));
    CHECK_FALSE(with([](auto& other) { ++other.bytes; }));
    CHECK_FALSE(with([](auto& other) { ++other.mtime_ns; }));
    CHECK_FALSE(with([](auto& other) { ++other.inode; }));
    CHECK_FALSE(with([](auto& other) { ++other.device; }));
}

TEST_CASE("hidden files, links, pipes and sockets are ignored with the reason", "[read]") {
    const TempDir dir;
    dir.write("a.txt", "a");
    dir.write(".hidden", "x");
    dir.write(".git/config", "x");
    std::filesystem::create_symlink("/etc", dir.path() / "etc");
    std::filesystem::create_symlink("..", dir.path() / "up");
    std::filesystem::create_symlink("a.txt", dir.path() / "link.txt");
    REQUIRE(mkfifo((dir.path() / "pipe.txt").c_str(), 0600) == 0);
    const int endpoint = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (dir.path() / "s.txt").string().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(bind(endpoint, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);

    const auto seen = see_in(dir.path());
    close(endpoint);

    CHECK(seen.paths() == Paths{"a.txt"});
    CHECK(seen.ignored == std::map<std::string, std::string>{{".git", "hidden"},
                                                             {".hidden", "hidden"},
                                                             {"etc", "a symbolic link"},
                                                             {"link.txt", "a symbolic link"},
                                                             {"pipe.txt", "neither a file nor a folder"},
                                                             {"s.txt", "neither a file nor a folder"},
                                                             {"up", "a symbolic link"}});
    CHECK(seen.skipped.empty());
}

TEST_CASE("what may not be read is skipped with the reason", "[read]") {
    const TempDir dir;
    dir.write("open.txt", "a");
    dir.write("shut.txt", "a");
    dir.write("closed/inside.txt", "a");
    std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
    std::filesystem::permissions(dir.path() / "shut.txt", std::filesystem::perms::none);
    std::filesystem::permissions(dir.path() / "closed", std::filesystem::perms::none);

    CHECK(holds_for_a_stranger([&] {
        const auto seen = see_in(dir.path());
        return seen.paths() == Paths{"open.txt"} && seen.skipped.size() == 2 &&
               seen.skipped.at("shut.txt") == "permission denied" &&
               seen.skipped.at("closed") == "permission denied";
    }));
    CHECK(holds_for_a_stranger(
        [&] { return see_in(dir.path() / "closed").skipped.at(".") == "permission denied"; }));
    std::filesystem::permissions(dir.path() / "closed", std::filesystem::perms::owner_all);
}

TEST_CASE("strange names are visited, and shown as valid UTF-8", "[read]") {
    const TempDir dir;
    for (const std::string name :
         {"new\nline.txt", "tab\t.txt", "-leading.txt", "bad\xFF.txt", "\u202Ertl.txt"})
        dir.write(name, "x");
    dir.write(std::string(251, 'n') + ".txt", "x");
    dir.write("folder\xFE/in.txt", "y");

    const auto seen = see_in(dir.path());

    CHECK(seen.files.size() == 7);
    for (const auto& entry : seen.files) {
        CHECK(izde::text::is_valid_utf8(entry.path));
        CHECK(content(entry.file) == (entry.path.ends_with("in.txt") ? "y" : "x"));
    }
}

TEST_CASE("folders of any depth are walked and their files opened", "[read]") {
    const TempDir dir;
    constexpr int depth = 1500;
    int at = open(dir.path().c_str(), O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < depth; ++i) {
        REQUIRE(mkdirat(at, "folder", 0755) == 0);
        const int below = openat(at, "folder", O_RDONLY | O_DIRECTORY);
        close(at);
        at = below;
    }
    const int file = openat(at, "deep.txt", O_CREAT | O_WRONLY, 0644);
    REQUIRE(write(file, "deep", 4) == 4);
    close(file);
    close(at);
    dir.write("zz.txt", "last");

    const auto seen = see_in(dir.path());

    REQUIRE(seen.files.size() == 2);
    CHECK(seen.skipped.empty());
    CHECK(seen.files[0].path.size() > 4096);
    CHECK(content(seen.files[0].file) == "deep");
    CHECK(seen.files[1].path == "zz.txt");
}

TEST_CASE("a folder moved away during the walk is reported and the rest is read", "[read]") {
    const TempDir dir;
    dir.write("tree/a/b/1.txt", "1");
    dir.write("tree/a/b/2.txt", "2");
    dir.write("tree/a/c.txt", "c");
    dir.write("tree/z.txt", "z");
    Paths files;
    Paths lost;

    const auto walked =
        izde::indexer::walk({{(dir.path() / "tree").string(), ""}},
                            {[&](const Entry& entry) {
                                 files.push_back(entry.path);
                                 if (entry.path == "a/b/1.txt") {
                                     std::filesystem::rename(dir.path() / "tree/a/b", dir.path() / "b");
                                     std::filesystem::remove_all(dir.path() / "tree/a");
                                 }
                             },
                             [&](const Obstacle& obstacle) { lost.push_back(obstacle.path); },
                             {}});

    CHECK(walked);
    CHECK(files.front() == "a/b/1.txt");
    CHECK(files.back() == "z.txt");
    CHECK(std::count(lost.begin(), lost.end(), "a") == 1);
}

TEST_CASE("a source may be a file, a link, or standard input", "[read]") {
    const TempDir dir;
    const auto file = dir.write("news/a.txt", "a");
    std::filesystem::create_directory_symlink(dir.path() / "news", dir.path() / "link");

    const auto of_file = see_in(file);
    const auto of_link = see_in(dir.path() / "link");
    const auto of_stdin = see({{"-", ""}});

    CHECK(of_file.paths() == Paths{"a.txt"});
    CHECK(of_file.files[0].source == "news");
    CHECK(of_link.paths() == Paths{"a.txt"});
    CHECK(of_link.files[0].source == "news");
    CHECK(content(of_link.files[0].file) == "a");
    CHECK(of_stdin.files.at(0).file.empty());
    CHECK(of_stdin.files.at(0).source == "stdin");
}

TEST_CASE("two sources of one name are told apart", "[read]") {
    const TempDir dir;
    dir.write("x/news/a.txt", "a");
    dir.write("y/news/a.txt", "a");

    const auto seen = see({{(dir.path() / "x/news").string(), ""},
                           {(dir.path() / "y/news/").string(), ""},
                           {(dir.path() / "y").string(), "own"}});

    REQUIRE(seen.files.size() == 3);
    CHECK(seen.files[0].source == "news");
    CHECK(seen.files[1].source == "news#2");
    CHECK(seen.files[2].source == "own");
    CHECK(seen.files[2].path == "news/a.txt");
}

TEST_CASE("a source that does not exist is refused before anything is visited", "[read]") {
    const TempDir dir;
    dir.write("a.txt", "a");
    int visited = 0;

    const auto walked =
        izde::indexer::walk({{dir.path().string(), ""}, {(dir.path() / "nowhere").string(), ""}},
                            {[&](const Entry&) { ++visited; }, {}, {}});

    REQUIRE_FALSE(walked);
    CHECK(walked.error().code == izde::Errc::bad_argument);
    CHECK(walked.error().message.find("nowhere") != std::string::npos);
    CHECK(visited == 0);
}

TEST_CASE("a walk stops between two files when asked to", "[read]") {
    const TempDir dir;
    for (const char* name : {"1.txt", "2.txt", "3.txt"}) dir.write(name, "x");
    int visited = 0;

    const auto walked = izde::indexer::walk(
        {{dir.path().string(), ""}}, {[&](const Entry&) { ++visited; }, {}, [&] { return visited == 2; }});

    CHECK(walked);
    CHECK(visited == 2);
}

TEST_CASE("a folder of many files keeps few descriptors", "[read]") {
    const TempDir dir;
    for (int i = 0; i < 300; ++i) dir.write("d" + std::to_string(i) + "/a.txt", "x");

    CHECK(see_in(dir.path()).files.size() == 300);
    CHECK(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}) < 20);
}

TEST_CASE("only regular files are opened, and through no link", "[read]") {
    const TempDir dir;
    const auto file = dir.write("real/a.txt", "a");
    std::filesystem::create_symlink(file, dir.path() / "link.txt");
    std::filesystem::create_directory_symlink(dir.path() / "real", dir.path() / "link");
    REQUIRE(mkfifo((dir.path() / "pipe").c_str(), 0600) == 0);

    CHECK(open_file(file));
    for (const char* name : {"link.txt", "link/a.txt", "pipe", "real", "nowhere", "real/a.txt/x"}) {
        CAPTURE(name);
        CHECK_FALSE(open_file(dir.path() / name));
    }
}

TEST_CASE("an opened file can be read again from its beginning", "[read]") {
    const TempDir dir;
    const auto file = open_file(dir.write("a.txt", std::string(100'000, 'a') + "b"));
    REQUIRE(file);
    DescriptorStream in(file->get());
    std::string head(10, ' ');

    in.read(head.data(), 10);
    in.seekg(0);

    const std::string all{std::istreambuf_iterator<char>(in), {}};
    CHECK(all.size() == 100'001);
}
