#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "http/assets.hpp"
#include "http/routes.hpp"
#include "support/fake_service.hpp"
#include "support/temp_dir.hpp"

using izde::http::Answer;
using izde::http::Assets;
using izde::http::built_in_assets;
using izde::http::load_assets;
using izde::tests::FakeService;
using izde::tests::TempDir;

namespace {

Answer get(const Assets& assets, const std::string& path, std::map<std::string, std::string> headers = {}) {
    return izde::http::handle(FakeService(), assets,
                              {.method = "GET", .path = path, .headers = std::move(headers)});
}

std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return "";
}

}  // namespace

TEST_CASE("the built-in page is the files of web/ to the byte", "[http][assets]") {
    const auto assets = built_in_assets();

    REQUIRE(assets.contains("/"));
    for (const auto& file : std::filesystem::directory_iterator(std::string(IZDE_ROOT) + "/web")) {
        const auto name = file.path().filename().string();
        if (!file.is_regular_file() || name.starts_with('.')) continue;
        CAPTURE(name);
        std::ostringstream bytes;
        bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
        const auto asset = assets.find(name == "index.html" ? "/" : "/" + name);
        REQUIRE(asset != assets.end());
        CHECK(asset->second.body == bytes.str());
    }
}

TEST_CASE("a page's folder is read as it is, without folders and unknown kinds", "[http][assets]") {
    const TempDir dir;
    dir.write("index.html", "<!doctype html>");
    dir.write("a.js", "1");
    dir.write("empty.css", "");
    dir.write("notes.md", "private");
    dir.write(".hidden", "private");
    dir.write("inner/b.js", "2");

    const auto assets = load_assets(dir.path());

    REQUIRE(assets);
    CHECK(assets->size() == 3);
    CHECK(assets->at("/").type == "text/html; charset=utf-8");
    CHECK(assets->at("/a.js").type == "text/javascript; charset=utf-8");
    CHECK(assets->at("/empty.css").body.empty());
}

TEST_CASE("a page's folder without an index.html is refused", "[http][assets]") {
    const TempDir dir;
    dir.write("a.js", "1");

    const auto incomplete = load_assets(dir.path());
    const auto missing = load_assets(dir.path() / "none");

    REQUIRE_FALSE(incomplete);
    CHECK(incomplete.error().message == "there is no index.html in " + dir.path().string());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.find("none") != std::string::npos);
}

TEST_CASE("an asset that the browser has is not sent again", "[http][assets]") {
    const auto assets = built_in_assets();
    const auto fresh = get(assets, "/");
    const auto etag = header(fresh, "ETag");

    CHECK(fresh.status == 200);
    CHECK(header(fresh, "Cache-Control") == "no-cache");
    REQUIRE(etag.size() == 18);
    for (const auto& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
        const auto again = get(assets, "/", {{"if-none-match", known}});
        CHECK(again.status == 304);
        CHECK(again.body.empty());
        CHECK(header(again, "ETag") == etag);
    }
    CHECK(get(assets, "/", {{"if-none-match", "\"0000000000000000\""}}).status == 200);
}

TEST_CASE("an etag changes when the content does", "[http][assets]") {
    const TempDir dir;
    dir.write("index.html", "one");
    const auto before = load_assets(dir.path());
    dir.write("index.html", "two");
    const auto after = load_assets(dir.path());

    CHECK(before->at("/").hash != after->at("/").hash);
}

TEST_CASE("no address leads out of the page's folder", "[http][assets]") {
    const auto assets = built_in_assets();
    const auto path =
        GENERATE(as<std::string>(), "/../CMakeLists.txt", "//index.html", "/./search.js", "/etc/passwd", "",
                 "*", "/search.js/", std::string("/search.js\0", 11), "/SEARCH.JS");

    CHECK(get(assets, path).status == 404);
}

TEST_CASE("the page may load only its own files and no frame may hold it", "[http][assets]") {
    const auto answer = get(built_in_assets(), "/");

    const auto policy = header(answer, "Content-Security-Policy");
    CHECK(policy.starts_with("default-src 'none'; script-src 'self';"));
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(header(answer, "X-Frame-Options") == "DENY");
}
