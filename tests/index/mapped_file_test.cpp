// What a mapped file has lost is read as zeros, and said.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "index/mapped_file.hpp"
#include "index/positions/lists.hpp"
#include "index/positions/writer.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;

namespace {

namespace fs = std::filesystem;

std::size_t page_bytes() {
    return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t pages_of(std::string_view bytes, char value) {
    return static_cast<std::size_t>(std::ranges::count(bytes, value)) / page_bytes();
}

// What becomes of a program that does `work`, which must not return to the test.
template <class Work>
int end_of(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);  // what a sanitizer says of it
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

bool ended_well(int status) {
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("a part that a file has lost is read as zeros, and that file is lost and no other", "[mapped]") {
    const TempDir dir;
    const auto file = dir.write("cut", std::string(8 * page_bytes() + 100, 'x'));
    const MappedFile whole(dir.write("whole", std::string(3 * page_bytes(), 'x'))), cut(file);
    CHECK(pages_of(cut.bytes(), 'x') == 8);
    CHECK_FALSE(cut.is_lost());

    fs::resize_file(file, 3 * page_bytes());

    CHECK(pages_of(cut.bytes(), 'x') == 3);
    CHECK(pages_of(cut.bytes(), '\0') == 5);
    CHECK(cut.is_lost());
    CHECK(pages_of(whole.bytes(), 'x') == 3);
    CHECK_FALSE(whole.is_lost());
}

TEST_CASE("a file that is lost stays so where it is moved to, and is not when it is mapped again",
          "[mapped]") {
    const TempDir dir;
    const auto file = dir.write("cut", std::string(4 * page_bytes(), 'x'));
    MappedFile first(file);
    fs::resize_file(file, page_bytes());
    CHECK(first.bytes().back() == '\0');
    MappedFile second(std::move(first));
    CHECK(second.is_lost());
    const MappedFile again(file);
    CHECK_FALSE(again.is_lost());
    second = MappedFile(file);
    CHECK(pages_of(second.bytes(), 'x') == 1);
    CHECK_FALSE(second.is_lost());
}

TEST_CASE("a lost part stays zeros when its memory is given back or wanted", "[mapped]") {
    const TempDir dir;
    const auto file = dir.write("cut", std::string(4 * page_bytes(), 'x'));
    const MappedFile cut(file);
    fs::resize_file(file, 0);
    cut.populate();
    CHECK(pages_of(cut.bytes(), '\0') == 4);
    cut.forget(0, cut.bytes().size());
    CHECK(pages_of(cut.bytes(), '\0') == 4);
    CHECK(cut.is_lost());
}

TEST_CASE("more files than can be watched are not mapped", "[mapped]") {
    const TempDir dir;
    const auto file = dir.write("file", "x");
    std::vector<MappedFile> all;
    CHECK_THROWS_AS(
        [&] {
            while (all.size() < 5000) all.emplace_back(file);
        }(),
        fs::filesystem_error);
    CHECK(all.size() > 900);
    all.pop_back();
    CHECK_NOTHROW(MappedFile(file));
}

TEST_CASE("a SIGBUS of other memory, or one that was sent, still ends the program", "[mapped]") {
    const TempDir dir;
    const auto file = dir.write("file", std::string(2 * page_bytes(), 'x'));
    const MappedFile watched(file);
    CHECK_FALSE(ended_well(end_of([&] {
        const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        const void* const mapped = ::mmap(nullptr, 2 * page_bytes(), PROT_READ, MAP_PRIVATE, fd, 0);
        fs::resize_file(file, 0);
        const volatile char* const bytes = static_cast<const char*>(mapped);
        ::_exit(bytes[page_bytes()]);
    })));
    CHECK_FALSE(ended_well(end_of([] { ::kill(::getpid(), SIGBUS); })));
}

TEST_CASE("a walk through positions that lost a part does not end as if it had seen all", "[mapped]") {
    const TempDir dir;
    positions::Writer writer(dir.path());
    for (std::size_t term = 10'000; term < 30'000; ++term) {
        writer.begin("term" + std::to_string(term));
        std::string bytes;
        positions::put_positions(bytes, std::vector<std::uint32_t>{1, 5, 9});
        writer.add(4, bytes);
        writer.end();
    }
    (void)writer.finish();
    const positions::Lists lists(dir.path());
    fs::resize_file(dir.path() / "positions", 10 * page_bytes());
    CHECK_THROWS([&] {
        for (positions::Walk walk(lists); !walk.at_end(); walk.next()) {
        }
    }());
    CHECK(lists.is_lost());
    CHECK_THROWS_AS(positions::Walk(lists), fs::filesystem_error);
}
