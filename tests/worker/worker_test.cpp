// Reading by a process of its own: the same documents, and an end to every file.
#include <fstream>
#include <set>
#include <thread>

#include <poll.h>
#include <sys/wait.h>

#include "support/made_zip.hpp"
#include "worker/reading.hpp"

using namespace izde;
using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

std::vector<indexer::Entry> files_of_all_kinds() {
    std::vector<indexer::Entry> entries;
    for (const char* folder : {"samples", "tests/read/pages", "tests/clippings/files"})
        for (const auto& file : fs::recursive_directory_iterator(fs::path(IZDE_ROOT) / folder)) {
            if (!file.is_regular_file()) continue;
            entries.push_back({fs::canonical(file.path()), folder,
                               fs::relative(file.path(), fs::path(IZDE_ROOT) / folder).string(), 0});
        }
    return entries;
}

bool has_ended(int process, int patience_ms) {
    pollfd one{process, POLLIN, 0};
    return poll(&one, 1, patience_ms) == 1;
}

int handle_of(pid_t pid) {
    return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
}

}  // namespace

TEST_CASE("a worker gives what a reading in the same process gives", "[worker]") {
    const auto spawner = expect(worker::Spawner::start(Sandbox::required));
    worker::Pool one(*spawner, 1);
    std::size_t documents = 0;
    for (const indexer::Entry& entry : files_of_all_kinds()) {
        INFO(entry.source << "/" << entry.path);
        const Told here = tell(entry, {{}, nullptr, nullptr});
        const Told there = tell(entry, {{}, &one, nullptr});
        CHECK(here.records == there.records);
        CHECK(here.errors == there.errors);
        documents += here.records.size();
    }
    CHECK(documents > 100);
}

TEST_CASE("a file without any text is read by a worker as in the same process", "[worker]") {
    const auto spawner = expect(worker::Spawner::start(Sandbox::required));
    worker::Pool one(*spawner, 1);
    const TempDir dir;
    const std::vector<std::pair<const char*, const char*>> files{{"empty.md", ""},
                                                                 {"empty.html", ""},
                                                                 {"remark.md", "<!-- to do -->\n"},
                                                                 {"bare.html", "<html></html>"}};
    for (const auto& [name, bytes] : files) {
        INFO(name);
        const indexer::Entry entry{dir.write(name, bytes), "source", name, 0};
        const Told here = tell(entry, {{}, nullptr, nullptr});
        const Told there = tell(entry, {{}, &one, nullptr});
        CHECK(here.errors.empty());
        CHECK(here.records == there.records);
        CHECK(here.errors == there.errors);
    }
}

TEST_CASE("a document of many megabytes comes whole", "[worker]") {
    const TempDir dir;
    std::string page = "<html><title>Long</title><body>";
    for (int i = 0; i < 50'000; ++i)
        page += "<p>Paragraph " + std::to_string(i) + " of a text that goes on and on.</p>";
    const indexer::Entry entry{fs::canonical(dir.write("long.html", page)), "s", "long.html", 0};
    const auto spawner = expect(worker::Spawner::start(Sandbox::required));
    worker::Pool one(*spawner, 1);
    const Told there = tell(entry, {{}, &one, nullptr});
    REQUIRE(there.records.size() == 1);
    CHECK(there.records == tell(entry, {{}, nullptr, nullptr}).records);
}

TEST_CASE("a file that ends its reader is an error, and the next file is read", "[worker]") {
    const auto [what, reason] = GENERATE(
        table<const char*, const char*>({{"loop without the timer", "reading it took longer than 2 s"},
                                         {"sleep", "reading it took longer than 2 s"},
                                         {"crash", "its reader crashed (signal 6)"},
                                         {"leave", "its reader answered nonsense"},
                                         {"close and live", "its reader answered nonsense"},
                                         {"announce too much", "its reader answered nonsense"},
                                         {"say nonsense", "its reader answered nonsense"},
                                         {"speak of another file", "its reader answered nonsense"},
                                         {"say hello again", "its reader answered nonsense"},
                                         {"crash behind a document", "its reader crashed (signal 6)"}}));
    INFO(what);
    Misbehaving place;
    const Told told = place.read(what);
    CHECK(told.records.empty());
    CHECK(told.errors == std::vector<std::string>{reason});
    CHECK(place.read("behave").records.size() == 1);
}

TEST_CASE("a reader that works for ever is ended by its time of processor", "[worker]") {
    Misbehaving place;
    const Told told = place.read("loop");
    CHECK(told.records.empty());
    REQUIRE(told.errors.size() == 1);
    // On a machine with much else to do it has no second of processor time in two.
    CHECK((told.errors[0] == "reading it took longer than 1 s of processor time" ||
           told.errors[0] == "reading it took longer than 2 s"));
    CHECK(place.read("behave").records.size() == 1);
}

TEST_CASE("a reader that takes too much memory is ended", "[worker]") {
    if (worker::is_sanitized) return;  // sanitizers take more than there is
    const auto [what, reason] = GENERATE(
        table<const char*, const char*>({{"take memory", "its reader ran out of memory (32 MB)"},
                                         {"take shared memory", "its reader ran out of memory (32 MB)"}}));
    Misbehaving place;
    CHECK(place.read(what).errors == std::vector<std::string>{reason});
    CHECK(place.read("behave").records.size() == 1);
}

TEST_CASE("documents count that came before a mailbox, a feed or an archive ended its reader", "[worker]") {
    const char* name =
        GENERATE("file.mbox", "file.rss", "file.atom", "file.zip", "file.jsonl.gz", "file.csv.zst");
    CAPTURE(name);
    Misbehaving place;
    const Told told = place.read("crash behind two records", name);
    CHECK(told.records.size() == 2);
    CHECK(told.errors == std::vector<std::string>{"its reader crashed (signal 6)"});
}

TEST_CASE("a file of many documents may take the time that they are worth", "[worker]") {
    std::string lines;
    for (int i = 0; i < 200'000; ++i)
        lines += "{\"id\": \"" + std::to_string(i) + "\", \"title\": \"A bridge\", \"text\": \"" +
                 std::to_string(i * 7919LL) + "\"}\n";
    const TempDir dir;
    const indexer::Entry entry{fs::canonical(dir.write("a.jsonl.gz", gzipped(lines))), "s", "a.jsonl.gz", 0};
    const auto spawner = expect(worker::Spawner::start(Sandbox::required, {192u << 20, 1, 3}));
    worker::Pool one(*spawner, 1);
    const Told told = tell(entry, {{}, &one, nullptr});
    CHECK(told.records.size() == 200'000);
    CHECK(told.errors.empty());
}

TEST_CASE("documents earn time by their number and size, and not for ever", "[worker]") {
    worker::Earnings small;
    unsigned seconds = 0;
    for (int i = 0; i < 25; ++i) seconds += small.take(100);
    CHECK(seconds == 2);
    worker::Earnings large;
    CHECK(large.take(20u << 20) == 5);
    worker::Earnings many;
    for (int i = 0; i < 1'000'000; ++i) seconds += many.take(1000);
    CHECK(seconds == 602);
}

TEST_CASE("a worker that speaks unasked is not given another file", "[worker]") {
    Misbehaving place;
    CHECK(place.read("go on speaking").records.empty());
    CHECK(place.worker().pid() == 0);
    CHECK(place.read("behave").records.size() == 1);
}

TEST_CASE("a process reads so many files, and then another one does", "[worker]") {
    Misbehaving place;
    std::set<pid_t> processes;
    for (int i = 0; i < 7; ++i) {
        CHECK(place.read("behave").records.size() == 1);
        if (place.worker().pid() > 0) processes.insert(place.worker().pid());
    }
    CHECK(processes.size() == 3);
}

TEST_CASE("a worker killed from outside costs its file once, which is not remembered", "[worker]") {
    Misbehaving place({32u << 20, 60, 3});
    REQUIRE(place.read("behave").records.size() == 1);
    const pid_t pid = place.worker().pid();
    indexer::Poison poison;
    std::thread killer([&] { kill(pid, SIGKILL); });
    const auto entry = place.entry("sleep");
    CHECK(place.read(entry, &poison).errors ==
          std::vector<std::string>{"its reader was killed from outside"});
    killer.join();
    place.entry("behave");
    CHECK(place.read(entry, &poison).records.size() == 1);
}

TEST_CASE("whoever asks to stop is not kept waiting by a file", "[worker]") {
    Misbehaving place({32u << 20, 60, 3});
    const indexer::Entry entry = place.entry("sleep");
    int asked = 0;
    indexer::read_documents(
        entry, {{}, &place.workers(), nullptr}, [&] { return ++asked > 1; },
        [](const Result<index::Document>&) { FAIL("nothing was read"); });
    CHECK(place.worker().pid() == 0);
}

TEST_CASE("workers end with the indexer, also when it is killed", "[worker]") {
    const TempDir dir;
    const auto loop = dir.write("loop.html", "loop\n");
    int pipe_ends[2];
    REQUIRE(pipe(pipe_ends) == 0);
    const pid_t indexer = fork();
    if (indexer == 0) {
        auto spawner = worker::Spawner::start(Sandbox::required, {32u << 20, 600, 3}, misbehave);
        if (!spawner) _exit(1);
        const auto idle = (*spawner)->spawn();
        const auto busy = (*spawner)->spawn();
        if (!idle || !busy) _exit(1);
        std::string request;
        worker::append_frame(request, worker::Kind::request,
                             worker::write_request({read::Format::html, 600, "loop.html", {}}));
        const int file = open(loop.c_str(), O_RDONLY);
        worker::send_some(busy->socket.get(), request.data(), request.size(), file);
        const pid_t pids[2] = {idle->pid, busy->pid};
        if (write(pipe_ends[1], pids, sizeof pids) != sizeof pids) _exit(1);
        for (;;) pause();
    }
    pid_t pids[2] = {};
    REQUIRE(::read(pipe_ends[0], pids, sizeof pids) == sizeof pids);
    const int idle = handle_of(pids[0]);
    const int busy = handle_of(pids[1]);
    CHECK_FALSE(has_ended(idle, 0));
    CHECK_FALSE(has_ended(busy, 0));
    kill(indexer, SIGKILL);
    waitpid(indexer, nullptr, 0);
    CHECK(has_ended(idle, 10'000));
    CHECK(has_ended(busy, 10'000));
    for (const int handle : {idle, busy, pipe_ends[0], pipe_ends[1]}) close(handle);
}

TEST_CASE("two threads share a spawner, each with its own worker", "[worker]") {
    const auto spawner = expect(worker::Spawner::start(Sandbox::required, {64u << 20, 10, 5}));
    const auto entries = files_of_all_kinds();
    const auto read_all = [&](std::size_t& documents) {
        worker::Pool own(*spawner, 1);
        for (const indexer::Entry& entry : entries)
            documents += tell(entry, {{}, &own, nullptr}).records.size();
    };
    std::size_t first = 0;
    std::size_t second = 0;
    std::thread other([&] { read_all(first); });
    read_all(second);
    other.join();
    CHECK(first == second);
    CHECK(first > 100);
}
