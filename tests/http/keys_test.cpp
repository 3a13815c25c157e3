#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "genkey.hpp"
#include "http/keys.hpp"
#include "support/temp_dir.hpp"

using namespace izde;
using namespace izde::http;
using izde::tests::TempDir;
namespace fs = std::filesystem;

namespace {

fs::path key_file(const TempDir& dir, const std::string& text, int mode = 0640) {
    auto file = dir.write("keys", text);
    fs::permissions(file, static_cast<fs::perms>(mode));
    return file;
}

}  // namespace

TEST_CASE("what genkey prints is what the key file takes", "[http][keys]") {
    const TempDir dir;
    const auto search = make_key(Scope::search, "laptop"), admin = make_key(Scope::admin, "");

    const auto keys = load_keys(key_file(dir, "# keys\n\n" + search.line + "\n  " + admin.line + "\r\n"));

    REQUIRE(keys);
    REQUIRE(keys->size() == 2);
    CHECK(keys->front().name == "laptop");
    CHECK(scope_of(*keys, search.key) == Scope::search);
    CHECK(scope_of(*keys, admin.key) == Scope::admin);
    CHECK(scope_of(*keys, search.key + "x") == Scope::open);
    CHECK(scope_of(*keys, "") == Scope::open);
    CHECK(scope_of({}, search.key) == Scope::open);
}

TEST_CASE("a key is 256 bits that are never the same, and its line does not hold it", "[http][keys]") {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const auto made = make_key(Scope::search, "n");
        CHECK(made.key.size() == 5 + 64);
        CHECK(made.line.find(made.key.substr(5)) == std::string::npos);
        seen.insert(made.key);
    }
    CHECK(seen.size() == 100);
}

TEST_CASE("the hash is SHA-256, so that other tools can make it", "[http][keys]") {
    const TempDir dir;
    // printf abc | sha256sum
    const auto keys = load_keys(key_file(
        dir, "search BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD from-elsewhere\n"));
    REQUIRE(keys);
    CHECK(scope_of(*keys, "abc") == Scope::search);
}

TEST_CASE("a key file that others may read or write is refused, with what to do", "[http][keys]") {
    const TempDir dir;
    const auto line = make_key(Scope::search, "").line + "\n";
    for (const int mode : {0600, 0400, 0640, 0440}) CHECK(load_keys(key_file(dir, line, mode)));
    for (const int mode : {0644, 0604, 0602, 0660, 0620, 0777}) {
        CAPTURE(mode);
        const auto keys = load_keys(key_file(dir, line, mode));
        REQUIRE_FALSE(keys);
        CHECK(keys.error().hint.find("chmod 640") != std::string::npos);
    }
}

TEST_CASE("a wrong line is named", "[http][keys]") {
    const TempDir dir;
    const auto* line = GENERATE("search", "search abc",
                                "root "
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                "search zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad x",
                                "search ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0");

    const auto keys = load_keys(key_file(dir, "# a comment\n" + std::string(line) + "\n"));

    REQUIRE_FALSE(keys);
    CHECK(keys.error().code == Errc::bad_argument);
    CHECK(keys.error().message.find("keys:2: ") != std::string::npos);
    CHECK_FALSE(load_keys(key_file(dir, "# none\n")));
    CHECK_FALSE(load_keys(dir.path() / "none"));
    CHECK_FALSE(load_keys(dir.path()));
}

TEST_CASE("genkey prints the key and its line, and refuses what it does not know", "[http][keys]") {
    const std::array plain = {"--scope", "admin", "--name", "grafana"};
    const auto made = genkey(4, plain.data());
    CHECK(made.code == 0);
    CHECK(made.out.starts_with("izde_"));
    CHECK(made.out.find("\nadmin ") != std::string::npos);
    CHECK(made.out.ends_with(" grafana\n"));
    CHECK(genkey(0, nullptr).out.find("\nsearch ") != std::string::npos);
    for (const auto& wrong : {std::array{"--scope", "root"}, std::array{"--name", "two words"},
                              std::array{"--name", "a\nsearch"}, std::array{"scope", "search"}}) {
        CHECK(genkey(2, wrong.data()).code == 2);
        CHECK(genkey(2, wrong.data()).out.empty());
    }
    CHECK(genkey(1, std::array{"--name"}.data()).code == 2);
}
