// Whole pages as sites write them, and what is to be read from each. Beside NAME.html stands
// NAME.json with what is expected.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "read/formats.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string content(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// As the reader of pages alone hands it over.
izde::index::Document read_page(const fs::path& path) {
    izde::index::Document found;
    izde::read::read_html(content(path), {path.filename(), {}}, [&](auto document) {
        REQUIRE(document);
        found = std::move(*document);
    });
    return found;
}

void check_places(const izde::index::Document& document) {
    std::size_t before = 0;
    for (const auto& [text, at] : document.boilerplate) {
        INFO(text);
        CHECK(at >= before);
        CHECK(at <= document.body.size());
        before = at;
    }
}

}  // namespace

TEST_CASE("of each kind of page the facts, the story and what stands around it are told apart", "[pages]") {
    std::size_t pages = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(IZDE_ROOT) / "tests/read/pages")) {
        if (entry.path().extension() != ".html") continue;
        ++pages;
        const Json expected = Json::parse(content(fs::path(entry.path()).replace_extension(".json")));
        const auto document = read_page(entry.path());
        Json boilerplate = Json::array();
        for (const auto& piece : document.boilerplate) boilerplate.push_back(piece.text);

        INFO(entry.path());
        CHECK(document.title == expected["title"]);
        CHECK(document.title_source == expected["title_source"]);
        CHECK(document.date.value == expected["date"]);
        CHECK(document.date.source == expected["date_source"]);
        CHECK(document.author == expected["author"]);
        CHECK(document.place == expected["place"]);
        CHECK(document.source == expected["source"]);
        CHECK(document.body == expected["body"]);
        CHECK(boilerplate == expected["boilerplate"]);
        if (expected.contains("lang")) CHECK(document.lang == expected["lang"]);
        check_places(document);
    }
    CHECK(pages >= 25);
}
