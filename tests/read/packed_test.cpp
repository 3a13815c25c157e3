// What is in .gz, .zst and .zip.
#include <algorithm>

#include "read_all.hpp"
#include "support/encoded.hpp"
#include "support/made_office.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

std::string records(const Found& found) {
    std::string all;
    for (const auto& document : found.documents) all += document.record + "=" + document.format + " ";
    return all;
}

std::string message_of(const Found& found) {
    REQUIRE(found.errors.size() == 1);
    return found.errors[0].message;
}

}  // namespace

TEST_CASE("a packed file is read as the format its name has without the ending", "[read]") {
    struct Row {
        const char* path;
        std::string content;
        std::string format;
    };
    const Row rows[] = {{"a.txt.gz", "Text.", "txt"},
                        {"a.html.gz", "<p>Text.</p>", "html"},
                        {"a.md.gz", "Text.", "markdown"},
                        {"README.gz", "Text.", "txt"},
                        {"changelog.Debian.gz", "Text.", "txt"},
                        {"a.docx.gz", docx(paragraph("Text.")), "docx"}};
    for (const auto& [path, content, format] : rows)
        for (const bool by_zstd : {false, true}) {
            CAPTURE(path);
            const auto document =
                read_one(by_zstd ? Format::zstd : Format::gzip, packed(content, by_zstd), path);
            CHECK(document.body == "Text.\n");
            CHECK(document.format == format);
            CHECK(document.path == path);
            CHECK(document.record.empty());
        }
}

TEST_CASE("records of a packed file are documents", "[read]") {
    const auto found = read_all(
        Format::gzip, gzipped("{\"id\":\"n1\",\"text\":\"One\"}\n{\"text\":\"Two\"}\n"), "a.jsonl.gz");
    CHECK(found.errors.empty());
    CHECK(records(found) == "n1=jsonl 2=jsonl ");
    CHECK(found.documents[0].path == "a.jsonl.gz");
}

TEST_CASE("each file of a zip is a document by its own name", "[read]") {
    const NamedFiles files{{"a.txt", "One."},
                           {"dir/", ""},
                           {"dir/b.html", "<p>Two.</p>"},
                           {"photo.jpg", "\xFF\xD8"},
                           {".hidden.txt", "no"},
                           {"__MACOSX/._a.txt", "no"},
                           {"c.jsonl", "{\"id\":\"n1\",\"text\":\"Three\"}\n"},
                           {"d.txt.gz", gzipped("Four.")},
                           {"e.docx", docx(paragraph("Five."))},
                           {"f.epub", epub({{"a.xhtml", chapter("<p>Six.</p>")}})}};
    for (const bool deflated : {true, false}) {
        const auto found = read_all(Format::zip, zipped(files, deflated), "news.zip");
        CHECK(found.errors.empty());
        CHECK(records(found) ==
              "a.txt=txt dir/b.html=html c.jsonl#n1=jsonl d.txt.gz=txt e.docx=docx f.epub=epub ");
        for (const auto& document : found.documents) CHECK(document.path == "news.zip");
        CHECK(found.documents.back().body == "Six.\n");
    }
}

TEST_CASE("an archive within an archive is named, and the rest is read", "[read]") {
    const auto found = read_all(
        Format::zip,
        zipped(
            {{"in.zip", zipped({{"a.txt", "no"}})}, {"b.gz.gz", gzipped(gzipped("no"))}, {"c.txt", "Text."}}),
        "a.zip");
    CHECK(records(found) == "c.txt=txt ");
    REQUIRE(found.errors.size() == 2);
    CHECK(found.errors[0].message == "in.zip: an archive within an archive, which is not gone into");
    CHECK(found.errors[1].message == "b.gz.gz: an archive within an archive, which is not gone into");
    CHECK(message_of(read_all(Format::gzip, gzipped(zipped({{"a.txt", "no"}})), "a.zip.gz")) ==
          "an archive within an archive, which is not gone into");
}

TEST_CASE("names of files in a zip are only text", "[read]") {
    const auto found = read_all(Format::zip,
                                zipped({{"../../etc/passwd.txt", "One."},
                                        {"/abs.txt", "Two."},
                                        {"новости/мост.txt", "Three."},
                                        {encoded("мост открыт.txt", "CP866"), "Four."},
                                        {"a\nb.txt", "Five."},
                                        {std::string(5000, 'x') + ".txt", "Six."}}),
                                "a.zip");
    CHECK(found.errors.empty());
    REQUIRE(found.documents.size() == 6 - 1);  // "../../" is hidden by its dots
    CHECK(found.documents[0].record == "/abs.txt");
    CHECK(found.documents[1].record == "новости/мост.txt");
    CHECK(found.documents[2].record == "мост открыт.txt");
    CHECK(found.documents[3].record == "a b.txt");
    CHECK(found.documents[4].record.size() == 1000);
}

TEST_CASE("a damaged file of a zip does not spoil the others", "[read]") {
    const std::string sound =
        zipped({{"a.txt", "One."}, {"b.txt", std::string(3000, 'b')}, {"c.txt", "Three."}}, false);
    std::string damaged = sound;
    const std::size_t at = damaged.find("bbbb");
    damaged[at + 5] = 'c';
    const auto found = read_all(Format::zip, damaged, "a.zip");
    CHECK(records(found) == "a.txt=txt c.txt=txt ");
    CHECK(message_of(found).starts_with("b.txt: "));
}

TEST_CASE("what is no archive, or holds no document, says so", "[read]") {
    CHECK(message_of(read_all(Format::zip, "nothing", "a.zip")).find("rchive") != std::string::npos);
    CHECK_FALSE(message_of(read_all(Format::gzip, "nothing", "a.txt.gz")).empty());
    CHECK(message_of(read_all(Format::zip, zipped({{"a.jpg", "x"}}), "a.zip")) ==
          "no document in it of a format izde reads");
    CHECK(message_of(read_all(Format::gzip, gzipped(std::string(1000, '\0')), "program.gz")) ==
          "what is packed in it is not a format izde reads");
}

TEST_CASE("a packed file that is cut off says so", "[read]") {
    std::string noise;
    unsigned seed = 1;
    for (int i = 0; i < 20'000; ++i)
        noise += static_cast<char>('a' + (seed = seed * 1103515245 + 12345) / 65536 % 26);
    const std::string whole = gzipped(noise);
    const auto found = read_all(Format::gzip, whole.substr(0, whole.size() / 2), "a.txt.gz");
    CHECK(found.documents.empty());
    CHECK(message_of(found).find("truncated") != std::string::npos);
}

TEST_CASE("the name of a file in an archive tells its title and day as any other's", "[read]") {
    const auto found = read_all(Format::zip, zipped({{"2024/2024-03-05_sluice-opens.md", "```\nx\n```\n"}}),
                                "2020-01-01_all.zip");
    REQUIRE(found.documents.size() == 1);
    const auto document = clipped(found.documents[0]);
    CHECK(document.date.value == "2024-03-05");
    const auto packed = clipped(read_one(Format::gzip, gzipped("```\nx\n```\n"), "2024-03-05_sluice.md.gz"));
    CHECK(packed.date.value == "2024-03-05");
}
