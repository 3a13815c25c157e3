// A file as the readers get it.
#include <catch2/catch.hpp>

#include "descriptor_stream.hpp"
#include "open.hpp"
#include "read/read.hpp"
#include "support/made_office.hpp"
#include "support/temp_dir.hpp"

using namespace izde::tests;

TEST_CASE("an opened file can be read from any place", "[read]") {
    TempDir folder;
    std::string bytes;
    for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>('a' + i % 26);
    const auto file = folder.path() / "a.txt";
    std::ofstream(file) << bytes;
    const auto opened = izde::indexer::open_file(std::filesystem::canonical(file));
    REQUIRE(opened);
    izde::indexer::DescriptorStream stream(opened->get());
    std::string piece(10, '\0');

    stream.seekg(-5, std::ios::end);
    stream.read(piece.data(), 5);
    CHECK(piece.substr(0, 5) == bytes.substr(bytes.size() - 5));
    CHECK(stream.tellg() == std::streampos(200'000));
    stream.seekg(100'000);
    stream.read(piece.data(), 10);
    CHECK(piece == bytes.substr(100'000, 10));
    stream.seekg(-3, std::ios::cur);
    CHECK(stream.tellg() == std::streampos(100'007));
    CHECK(stream.get() == bytes[100'007]);
}

TEST_CASE("an archive is read from a file as from memory", "[read]") {
    TempDir folder;
    const auto file = folder.path() / "a.zip";
    std::ofstream(file, std::ios::binary)
        << zipped({{"a.docx", docx(paragraph("One."))}, {"b.txt", "Two."}, {"c.jpg", "no"}});
    const auto opened = izde::indexer::open_file(std::filesystem::canonical(file));
    REQUIRE(opened);
    izde::indexer::DescriptorStream in(opened->get());
    std::string bodies;
    izde::read::read(izde::read::Format::zip, in, {"a.zip", {}}, [&](const auto& document) {
        REQUIRE(document);
        bodies += document->record + ": " + document->body;
    });
    CHECK(bodies == "a.docx: One.\nb.txt: Two.\n");
}
