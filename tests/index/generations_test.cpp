#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "izde/index/generations.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

std::vector<Document> documents(std::size_t count) {
    std::vector<Document> made;
    for (std::size_t i = 0; i < count; ++i)
        made.push_back(make_document(i, "title", "body " + std::to_string(i)));
    return made;
}

}  // namespace

TEST_CASE("an empty folder holds no index and says how to make one", "[index]") {
    const TempDir dir;
    const auto live = Generations(dir.path()).live();
    REQUIRE_FALSE(live);
    CHECK(live.error().code == Errc::index_missing);
    CHECK(live.error().hint.find("izde-indexer rebuild") != std::string::npos);
}

TEST_CASE("what was published last is live", "[index]") {
    const TempDir dir;
    publish(dir.path(), documents(1));
    const auto second = publish(dir.path(), documents(2));

    CHECK(expect(Generations(dir.path()).live()) == second.filename());
    CHECK(open_live(dir.path()).manifest().documents == 2);
}

TEST_CASE("two generations are kept, older ones go", "[index]") {
    const TempDir dir;
    publish(dir.path(), documents(1));
    const auto second = publish(dir.path(), documents(2));
    const auto third = publish(dir.path(), documents(3));

    CHECK(Generations(dir.path()).finished() ==
          std::vector<std::string>{second.filename(), third.filename()});
}

TEST_CASE("a generation that is being read is not removed", "[index]") {
    const TempDir dir;
    const auto first = publish(dir.path(), documents(1));
    {
        const auto lease = Lease::take(first);
        REQUIRE(lease);
        publish(dir.path(), documents(2));
        publish(dir.path(), documents(3));
        CHECK(fs::exists(first));
    }
    publish(dir.path(), documents(4));
    CHECK_FALSE(fs::exists(first));
}

TEST_CASE("ids sort by creation also when the clock goes back", "[index]") {
    const TempDir dir;
    const auto later = dir.path() / "generations" / "0000000007-29991231T235959Z";
    fs::create_directories(later);
    const Lock lock = expect(Lock::take(dir.path()));
    Generations generations(dir.path());

    const auto building = expect(generations.begin(lock));

    CHECK(building.stem().string() > later.filename().string());
}

TEST_CASE("what a dead builder left is removed by the next", "[index]") {
    const TempDir dir;
    const auto dead = dir.path() / "generations" / "0000000001-20260101T000000Z.tmp";
    fs::create_directories(dead / "segments");
    const Lock lock = expect(Lock::take(dir.path()));
    Generations generations(dir.path());

    REQUIRE(generations.begin(lock));

    CHECK_FALSE(fs::exists(dead));
}

TEST_CASE("pruning removes what was left where the pointer was being replaced", "[index]") {
    const TempDir dir;
    publish(dir.path(), documents(1));
    const auto left = dir.path() / "current.new";
    std::ofstream(left) << "0000000000-20260101T000000Z\n";
    const Lock lock = expect(Lock::take(dir.path()));

    Generations(dir.path()).prune(lock);

    CHECK_FALSE(fs::exists(left));
}

TEST_CASE("only one indexer holds the lock, the other learns who does", "[index]") {
    const TempDir dir;
    const Lock lock = expect(Lock::take(dir.path()));

    const auto second = Lock::take(dir.path());

    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::index_busy);
    CHECK(second.error().message.find("pid " + std::to_string(::getpid())) != std::string::npos);
    CHECK(second.error().message.find("started 20") != std::string::npos);
}

TEST_CASE("the lock of a killed indexer is free at once", "[index]") {
    const TempDir dir;
    const pid_t child = ::fork();
    if (child == 0) {
        auto lock = Lock::take(dir.path());
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);

    CHECK(Lock::take(dir.path()));
}

TEST_CASE("a pointer that names no generation is refused, whatever it holds", "[index]") {
    const TempDir dir;
    publish(dir.path(), documents(1));
    const std::string pointer =
        GENERATE(as<std::string>{}, "", "\n", "garbage", "../../etc", "0000000001-20260101T000000Z/../x",
                 "0000000001-20260101T000000Z\n\n", std::string(1'000'000, 'x'));
    dir.write("current", pointer);

    const auto live = Generations(dir.path()).live();

    REQUIRE_FALSE(live);
    CHECK(live.error().code == Errc::index_corrupt);
}

TEST_CASE("a folder that cannot be written is a clear error", "[index]") {
    const TempDir dir;
    const auto file = dir.write("not-a-folder", "x");

    const auto lock = Lock::take(file);

    REQUIRE_FALSE(lock);
    CHECK(lock.error().code == Errc::io);
    CHECK(lock.error().message.find("not-a-folder") != std::string::npos);
}

TEST_CASE("what was rolled back is gone with the next build, and what it was rolled back to stays",
          "[index]") {
    const TempDir dir;
    const auto first = publish(dir.path(), documents(1));
    const auto second = publish(dir.path(), documents(2));
    dir.write("current", first.filename().string() + "\n");

    const auto third = publish(dir.path(), documents(3));

    CHECK(Generations(dir.path()).finished() == std::vector<std::string>{first.filename(), third.filename()});
}

TEST_CASE("a damaged generation is not one of the two that are kept", "[index]") {
    const TempDir dir;
    const auto first = publish(dir.path(), documents(1));
    const auto second = publish(dir.path(), documents(2));
    fs::remove(second / "vocabulary");

    const auto third = publish(dir.path(), documents(3));

    CHECK(Generations(dir.path()).finished() == std::vector<std::string>{first.filename(), third.filename()});
}

TEST_CASE("the live generation is never discarded", "[index]") {
    const TempDir dir;
    const auto live = publish(dir.path(), documents(1));

    Generations(dir.path()).discard(expect(Lock::take(dir.path())), live);

    CHECK(fs::exists(live));
}

TEST_CASE("a lock that was given back names nobody, and who is refused leaves the holder's note", "[index]") {
    const TempDir dir;
    {
        const Lock held = expect(Lock::take(dir.path()));
        const auto refused = Lock::take(dir.path());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.find("pid " + std::to_string(getpid())) != std::string::npos);
        CHECK(fs::file_size(dir.path() / "lock") > 0);
    }
    CHECK(fs::file_size(dir.path() / "lock") == 0);
}

TEST_CASE("a pointer that is a link, a folder or a pipe names nothing, and a build takes its place",
          "[index]") {
    const TempDir dir;
    const auto first = publish(dir.path(), documents(1));
    const auto current = dir.path() / "current";
    const auto kind = GENERATE(0, 1, 2);
    dir.write("elsewhere", first.filename().string() + "\n");
    fs::remove(current);
    if (kind == 0) fs::create_symlink("elsewhere", current);
    if (kind == 1) fs::create_directory(current);
    if (kind == 2) REQUIRE(mkfifo(current.c_str(), 0600) == 0);
    const auto live = Generations(dir.path()).live();
    REQUIRE_FALSE(live);
    CHECK(live.error().code == Errc::index_corrupt);

    const auto second = publish(dir.path(), documents(2));

    CHECK(expect(Generations(dir.path()).live()) == second.filename());
    CHECK_FALSE(fs::exists(dir.path() / "current.new"));
}
