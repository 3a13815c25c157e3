// Plain text files.
#include <sstream>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "read/read.hpp"
#include "read_all.hpp"

using izde::read::Format;
using izde::tests::read_all;

TEST_CASE("a plain text becomes a document whose title left the body", "[read]") {
    const auto found = read_all(
        Format::text, "Bridge to be built\r\n\r\nFirst paragraph.\r\n\r\nSecond one.\r\n", "news/a.txt");

    REQUIRE(found.documents.size() == 1);
    const auto document = izde::tests::clipped(found.documents[0]);
    CHECK(document.title == "Bridge to be built");
    CHECK(document.title_source == "first-line");
    CHECK(document.body == "First paragraph.\n\nSecond one.\n");
    CHECK(document.path == "news/a.txt");
    CHECK(document.format == "txt");
    CHECK(document.encoding == "UTF-8");
    CHECK(document.lang == "und");
    CHECK(document.id.empty());
    CHECK(document.record.empty());
    CHECK(document.date.value.empty());
}

TEST_CASE("a lead stays in the body it was taken from", "[read]") {
    const auto found = read_all(Format::text, "The council met. It agreed.\n");

    const auto document = izde::tests::clipped(found.documents.at(0));
    CHECK(document.title == "The council met.");
    CHECK(document.body == "The council met. It agreed.\n");
}

TEST_CASE("an empty file is a document named by its file", "[read]") {
    for (const char* bytes : {"", "\n\n", "\xEF\xBB\xBF"}) {
        const auto found = read_all(Format::text, bytes, "empty-file.txt");

        REQUIRE(found.documents.size() == 1);
        CHECK(izde::tests::clipped(found.documents[0]).title == "empty file");
        CHECK(found.documents[0].body.empty());
    }
}

TEST_CASE("NULs and control characters leave the text, which stays valid UTF-8", "[read]") {
    std::string bytes = "One bell rang\n\nThe text of it goes on \x07 and on and on";
    bytes += '\0';
    bytes += " to the end, \xC2\x85 says he, \xFF it does. Прямо до конца.\n";

    const auto found = read_all(Format::text, bytes);

    const auto& body = found.documents.at(0).body;
    CHECK(izde::text::is_valid_utf8(body));
    CHECK(body.find('\0') == std::string::npos);
    CHECK(body.find('\x07') == std::string::npos);
    CHECK(body.find("до конца") != std::string::npos);
}

TEST_CASE("a program called .txt is an error, not a document", "[read]") {
    std::string bytes;
    for (int i = 0; i < 4000; ++i) bytes += static_cast<char>(i * 7919 % 256);

    CHECK(read_all(Format::text, bytes).errors.size() == 1);
    CHECK(read_all(Format::text, std::string(1u << 20, '\0')).errors.size() == 1);
}

TEST_CASE("a line of a megabyte is read", "[read]") {
    const auto found = read_all(Format::text, std::string(1u << 20, 'a') + "\n");

    CHECK(found.documents.at(0).body.size() == (1u << 20) + 1);
}

TEST_CASE("a file above the limit is an error that names the limit", "[read]") {
    const auto found = read_all(Format::text, std::string(izde::read::max_document_bytes + 1, 'a'));

    CHECK(found.documents.empty());
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].message == "larger than 32 MiB");
}

TEST_CASE("a file that breaks off with an I/O error is an error", "[read]") {
    struct Broken : std::streambuf {
        int_type underflow() override { throw std::runtime_error("EIO"); }
    } broken;
    std::istream in(&broken);
    std::size_t errors = 0;

    for (const auto format : {Format::text, Format::json_lines})
        izde::read::read(format, in, {"a.txt", {}}, [&](auto document) { errors += document ? 0 : 1; });

    CHECK(errors == 2);
}
