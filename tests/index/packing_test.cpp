// Stored documents in little room: what goes in comes out, whatever its length, and damage is noticed.
#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/index/manifest.hpp"
#include "izde/index/record.hpp"
#include "izde/index/revision.hpp"

#include "index/milestones.hpp"
#include "index/packing.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;
using index::Packer;
using index::piece_bytes;
using index::Unpacker;

namespace {

namespace fs = std::filesystem;

// Words that look like a text's: few of them often, and others now and then.
std::string made_text(std::size_t bytes, unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < bytes)
        text += "the minister of trade " + std::to_string(random() % 5000) + " said on " +
                std::to_string(random() % 28) + " May\n";
    text.resize(bytes);
    return text;
}

// As of a body of which nobody knows the words.
std::string_view packed_by(Packer& packer, std::string_view head, std::string_view body) {
    return packer.pack(head, body, index::MilestoneSetter(body, 0).finish());
}

std::vector<std::string> made_samples() {
    std::vector<std::string> samples;
    for (unsigned seed = 0; seed < 100; ++seed) samples.push_back(made_text(1500, seed));
    return samples;
}

std::vector<index::Document> made_documents() {
    std::vector<index::Document> documents;
    for (unsigned number = 1; number <= 300; ++number)
        documents.push_back(make_document(number, "Trade", made_text(3000, number)));
    documents.push_back(make_document(301, "Long", made_text(3 * piece_bytes, 301)));
    return documents;
}

index::Manifest manifest_of(const fs::path& generation) {
    index::Manifest manifest;
    manifest.generation = generation.filename();
    return manifest;
}

// With what its documents have in common learned; leaves `words` for a revision.
fs::path write_learned(const TempDir& dir, const std::vector<index::Document>& documents) {
    const fs::path generation = dir.path() / "generation";
    fs::create_directory(generation);
    auto writer = expect(index::Writer::create(generation, 2));
    expect(writer.learn(documents.size(),
                        [&](std::size_t number) -> Result<index::Document> { return documents[number]; }));
    for (const index::Document& document : documents) expect(writer.put(document));
    expect(writer.finish(manifest_of(generation), dir.path() / "words"));
    return generation;
}

std::uint32_t key_of(const index::Reader& reader, const std::string& id) {
    return expect(reader.match({index::Identified{id}}, {})).items.at(0).key;
}

void check_all_there(const fs::path& generation, const std::vector<index::Document>& documents) {
    const auto reader = expect(index::Reader::open(generation));
    for (const index::Document& document : documents)
        CHECK(index::write_record(expect(reader.fetch(document.id))) == index::write_record(document));
}

}  // namespace

TEST_CASE("a packed document comes back as it was, of any length, with a dictionary and without",
          "[packing]") {
    const std::string learned = index::learn_dictionary(made_samples());
    REQUIRE_FALSE(learned.empty());
    const std::string dictionary = GENERATE_COPY(std::string(), learned);
    Packer packer = expect(Packer::with(dictionary));
    const Unpacker unpacker = expect(Unpacker::with(dictionary));
    for (const std::size_t head_bytes : {std::size_t{0}, std::size_t{1}, std::size_t{200}, piece_bytes + 7})
        for (const std::size_t body_bytes :
             {std::size_t{0}, std::size_t{1}, std::size_t{800}, piece_bytes - head_bytes % piece_bytes,
              piece_bytes, 5 * piece_bytes + 1}) {
            const std::string head = made_text(head_bytes, 1000), body = made_text(body_bytes, 1001);
            const auto parts = expect(unpacker.unpack(index::read_of(packed_by(packer, head, body))));
            CHECK(parts.head == head);
            CHECK(parts.body == body);
        }
}

TEST_CASE("text that nothing can make shorter takes hardly more than it is long", "[packing]") {
    std::mt19937 random(1);
    std::string noise(3 * piece_bytes, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    Packer packer = expect(Packer::with({}));
    const std::string packed(packed_by(packer, noise, noise));

    CHECK(packed.size() < 2 * noise.size() + 200);
    CHECK(expect(expect(Unpacker::with({})).unpack(index::read_of(packed))).body == noise);
}

TEST_CASE("a dictionary makes documents like its samples much shorter", "[packing]") {
    Packer with = expect(Packer::with(index::learn_dictionary(made_samples())));
    Packer without = expect(Packer::with({}));
    const std::string text = made_text(800, 5000);

    CHECK(packed_by(with, {}, text).size() * 4 < packed_by(without, {}, text).size() * 3);
}

TEST_CASE("little is not learned from, and what is learned depends on the samples alone", "[packing]") {
    CHECK(index::learn_dictionary({}).empty());
    CHECK(index::learn_dictionary({"one", "two"}).empty());
    CHECK(index::learn_dictionary(made_samples()) == index::learn_dictionary(made_samples()));
    CHECK(index::learn_dictionary(std::vector<std::string>(100, std::string(2000, '\0'))).size() <= 25'000);
    CHECK(index::sample_size(7) == 0);
    CHECK(index::sample_size(8000) == 1000);
    CHECK(index::sample_size(100'000'000) == 2048);
}

TEST_CASE("of a long body the beginning can be had from the pieces it stands in", "[packing]") {
    Packer packer = expect(Packer::with({}));
    const Unpacker unpacker = expect(Unpacker::with({}));
    const std::string head = made_text(300, 1), body = made_text(20 * piece_bytes, 2);
    const std::string packed(packed_by(packer, head, body));
    const auto beginning = [&](std::size_t bytes, std::string_view stored) {
        const auto parts = expect(unpacker.unpack(index::read_of(stored), bytes));
        CHECK(parts.head == head);
        return std::string(parts.body);
    };
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, piece_bytes, 3 * piece_bytes + 5})
        CHECK(beginning(bytes, packed) == body.substr(0, bytes));
    CHECK(beginning(body.size() + 1, packed) == body);

    const std::string_view first_half = std::string_view(packed).substr(0, packed.size() / 2);
    CHECK(beginning(piece_bytes, first_half) == body.substr(0, piece_bytes));
    CHECK_FALSE(unpacker.unpack(index::read_of(first_half)));
}

TEST_CASE("of a long body any piece can be had alone, and the head without reading more than it is",
          "[packing]") {
    Packer packer = expect(Packer::with({}));
    const Unpacker unpacker = expect(Unpacker::with({}));
    const std::string head = made_text(300, 1), body = made_text(9 * piece_bytes, 2);
    const std::string packed(packed_by(packer, head, body));
    std::size_t furthest = 0;
    const index::ReadPacked read = [&](std::size_t from, std::size_t bytes) {
        const std::string_view got = std::string_view(packed).substr(from, bytes);
        furthest = std::max(furthest, from + got.size());
        return got;
    };
    const auto found = expect(unpacker.head(read));
    CHECK(found.head == head);
    CHECK(found.body_bytes == body.size());
    CHECK(furthest < packed.size() / 10);
    const index::Pieces all = expect(unpacker.pieces(read, found));
    REQUIRE(all.pieces.size() > 4);
    for (std::size_t i = all.pieces.size(); i-- > 0;) {
        std::string text;
        expect(unpacker.body(read, all, i, i + 1, text));
        CHECK(text == body.substr(all.pieces[i].at, all.pieces[i].bytes));
    }
    CHECK(all.pieces.back().at + all.pieces.back().bytes == body.size());
}

TEST_CASE("damaged bytes are an error or some text, and take no more memory than the sound ones",
          "[packing]") {
    Packer packer = expect(Packer::with({}));
    const Unpacker unpacker = expect(Unpacker::with({}));
    const std::string body = made_text(2 * piece_bytes, 2);
    const std::string sound(packed_by(packer, made_text(300, 1), body));
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = sound.substr(0, random() % 2 == 0 ? sound.size() : random() % sound.size());
        for (int flips = 0; flips < 3 && !bytes.empty(); ++flips)
            bytes[random() % std::min<std::size_t>(bytes.size(), 400)] = static_cast<char>(random());
        const auto parts = unpacker.unpack(index::read_of(bytes));
        if (!parts) CHECK(parts.error().code == Errc::index_corrupt);
    }
    for (const char* bytes :
         {"", "\x80", "\x01\xFF\xFF\x7F\x01\x01", "\x05\xFF\xFF\x03\x7F", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
          "\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F", "\x05\x05", "\x01"})
        CHECK_FALSE(unpacker.unpack(index::read_of(bytes)));
}

TEST_CASE("what is no dictionary is refused", "[packing]") {
    std::string dictionary = index::learn_dictionary(made_samples());
    dictionary.replace(8, 40, std::string(40, '\xFF'));

    const auto unpacker = Unpacker::with(dictionary);

    REQUIRE_FALSE(unpacker);
    CHECK(unpacker.error().code == Errc::index_corrupt);
    CHECK_FALSE(Packer::with(dictionary));
}

TEST_CASE("documents of a generation with a dictionary are read as they were put", "[packing]") {
    const TempDir dir;
    const auto documents = made_documents();
    const fs::path generation = write_learned(dir, documents);
    REQUIRE(fs::exists(generation / index::dictionary_name));

    check_all_there(generation, documents);

    const auto reader = expect(expect(index::Reader::open(generation)).another());
    const index::Document& longest = documents.back();
    const auto begun = expect(reader.fetch({key_of(reader, longest.id)}, 10));
    CHECK(begun.title == longest.title);
    CHECK(begun.body == longest.body.substr(0, 10));
}

TEST_CASE("a revision goes on with the dictionary of what it changes", "[packing]") {
    const TempDir dir;
    auto documents = made_documents();
    const fs::path before = write_learned(dir, documents), after = dir.path() / "after";
    const std::uint32_t key = key_of(expect(index::Reader::open(before)), documents[3].id);

    fs::create_directory(after);
    auto revision = expect(index::Revision::create(before, dir.path() / "words", after, 2));
    documents[3].body = made_text(2500, 9000);
    expect(revision.remove(key));
    expect(revision.put(key, documents[3]));
    expect(revision.finish(manifest_of(after), dir.path() / "words-after"));

    check_all_there(after, documents);
}

TEST_CASE("a generation without the dictionary it was written with is refused", "[packing]") {
    const TempDir dir;
    const fs::path generation = write_learned(dir, made_documents());
    fs::remove(generation / index::dictionary_name);

    const auto reader = index::Reader::open(generation);

    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == Errc::index_corrupt);
}
