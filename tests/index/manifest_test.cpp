#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "izde/index/manifest.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::index;
using namespace izde::tests;
namespace fs = std::filesystem;

namespace {

fs::path some_generation(const TempDir& dir) {
    return publish(dir.path(), {make_document(1, "A title", "a body"), make_document(2, "Б", "текст", "ru")});
}

void flip_byte(const fs::path& file, std::streamoff at) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(at);
    const char old = static_cast<char>(bytes.get());
    bytes.seekp(at);
    bytes.put(static_cast<char>(old ^ 0x10));
}

}  // namespace

TEST_CASE("a generation's manifest counts what is in it", "[index]") {
    const TempDir dir;
    const Manifest manifest = expect(read_manifest(some_generation(dir)));

    CHECK(manifest.documents == 2);
    CHECK(manifest.by_lang == Counts{{"en", 1}, {"ru", 1}});
    CHECK(manifest.by_format == Counts{{"txt", 2}});
    CHECK(manifest.bytes() > 0);
    CHECK(manifest.files.size() >= 4);
}

TEST_CASE("a generation as it was written passes the check", "[index]") {
    const TempDir dir;
    CHECK(Reader::verify(some_generation(dir)));
}

TEST_CASE("a flipped bit in any file is found by the check", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    for (const Manifest::File& file : expect(read_manifest(generation)).files) {
        if (file.bytes == 0) continue;
        INFO(file.name);
        flip_byte(generation / file.name, static_cast<std::streamoff>(file.bytes / 2));
        const auto sound = Reader::verify(generation);
        REQUIRE_FALSE(sound);
        CHECK(sound.error().code == Errc::index_corrupt);
        flip_byte(generation / file.name, static_cast<std::streamoff>(file.bytes / 2));
    }
    CHECK(Reader::verify(generation));
}

TEST_CASE("a file cut short or missing is noticed at opening", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    const fs::path file = generation / expect(read_manifest(generation)).files.back().name;

    fs::resize_file(file, fs::file_size(file) / 2);
    CHECK(Reader::open(generation).error().code == Errc::index_corrupt);
    fs::remove(file);
    CHECK(Reader::open(generation).error().code == Errc::index_corrupt);
}

TEST_CASE("a manifest that is no manifest is refused", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    const std::string text =
        GENERATE(as<std::string>{}, "", "[]", "{}", "{\"format\": " + std::to_string(index_format) + "}",
                 "nonsense", std::string(100'000, '['));
    std::ofstream(generation / manifest_name) << text;

    const auto manifest = read_manifest(generation);

    REQUIRE_FALSE(manifest);
    CHECK(manifest.error().code == Errc::index_corrupt);
}

TEST_CASE("a manifest with one changed byte is refused", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    const auto bytes = static_cast<std::streamoff>(fs::file_size(generation / manifest_name));
    for (std::streamoff at = 0; at < bytes; ++at) {
        flip_byte(generation / manifest_name, at);
        INFO(at);
        CHECK_FALSE(read_manifest(generation));
        flip_byte(generation / manifest_name, at);
    }
    CHECK(read_manifest(generation));
}

TEST_CASE("a file that the manifest does not know is noticed at opening", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    std::ofstream(generation / "spelling.glass") << "x";

    const auto reader = Reader::open(generation);

    REQUIRE_FALSE(reader);
    CHECK(reader.error().message.find("spelling.glass") != std::string::npos);
}

TEST_CASE("a manifest cannot lead out of its folder", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    nlohmann::json json = nlohmann::json::parse(std::ifstream(generation / manifest_name));
    json["files"][0]["name"] = GENERATE(as<std::string>{}, "../../../etc/passwd", "/etc/passwd", "..", "");
    std::ofstream(generation / manifest_name) << json;

    CHECK(read_manifest(generation).error().code == Errc::index_corrupt);
}

TEST_CASE("an index built with other text rules is not opened and asks for a rebuild", "[index]") {
    const TempDir dir;
    const fs::path generation = some_generation(dir);
    Manifest manifest = expect(read_manifest(generation));
    manifest.fingerprint = "izde-text/0 icu/1";
    expect(write_manifest(generation, manifest));

    const auto reader = Reader::open(generation);

    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == Errc::index_incompatible);
    CHECK(reader.error().hint == "run: izde-indexer rebuild");
}
