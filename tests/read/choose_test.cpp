// Which format a file is in.
#include <optional>

#include <catch2/catch.hpp>

#include "read/read.hpp"

using izde::read::choose_format;
using izde::read::Format;

TEST_CASE("a file's ending names its format, in capitals too", "[read]") {
    struct Row {
        const char* path;
        Format format;
    };
    const Row rows[] = {{"a.txt", Format::text},
                        {"a/b.TXT", Format::text},
                        {"notes.md", Format::markdown},
                        {"notes.Markdown", Format::markdown},
                        {"page.html", Format::html},
                        {"page.htm", Format::html},
                        {"one.json", Format::json},
                        {"many.jsonl", Format::json_lines},
                        {"many.ndjson", Format::json_lines},
                        {"table.csv", Format::csv},
                        {"table.TSV", Format::tsv},
                        {"letter.eml", Format::mail},
                        {"inbox.mbox", Format::mbox},
                        {"inbox.mbx", Format::mbox},
                        {"news.rss", Format::rss},
                        {"news.atom", Format::atom},
                        {"paper.PDF", Format::pdf},
                        {"letter.docx", Format::docx},
                        {"letter.docm", Format::docx},
                        {"letter.odt", Format::odt},
                        {"book.epub", Format::epub},
                        {"letter.rtf", Format::rtf},
                        {"news.jsonl.gz", Format::gzip},
                        {"README.gz", Format::gzip},
                        {"news.txt.zst", Format::zstd},
                        {"2024.zip", Format::zip},
                        {"v1.2/notes.md", Format::markdown}};

    for (const auto& [path, format] : rows) {
        CAPTURE(path);
        CHECK(choose_format(path, "whatever \x01") == format);
    }
}

TEST_CASE("images, programs, tables and tars are no documents, whatever their first bytes", "[read]") {
    for (const char* path : {"a.jpg", "photo.PNG", "a.exe", "a.xlsx", "a.css", "a.mp3", "a.tar.gz", "a.tgz",
                             "photo.jpg.gz", "a.doc"}) {
        CAPTURE(path);
        CHECK_FALSE(choose_format(path, "plain text").has_value());
    }
}

TEST_CASE("what a document of a program begins with tells more than its ending", "[read]") {
    const std::string epub = "PK\x03\x04" + std::string(26, 'x') + "mimetypeapplication/epub+zip";
    const std::string word =
        "PK\x03\x04" + std::string(26, 'x') + "[Content_Types].xml...PK\x03\x04...word/document.xml";
    const std::string table =
        "PK\x03\x04" + std::string(26, 'x') + "[Content_Types].xml...PK\x03\x04...xl/workbook.xml";
    for (const char* path : {"letter", "letter.doc", "letter.docx", "letter.pdf"}) {
        CAPTURE(path);
        CHECK(choose_format(path, "{\\rtf1") == Format::rtf);
        CHECK(choose_format(path, "%PDF-1.7") == Format::pdf);
        CHECK(choose_format(path, epub) == Format::epub);
        CHECK(choose_format(path, word) == Format::docx);
    }
    CHECK_FALSE(choose_format("table", table).has_value());
    CHECK_FALSE(choose_format("archive", "PK\x03\x04...").has_value());
}

TEST_CASE("of XML only feeds are documents, told by their root", "[read]") {
    struct Row {
        const char* first_bytes;
        std::optional<Format> format;
    };
    const Row rows[] = {{"<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">", Format::rss},
                        {"<rdf:RDF\nxmlns=\"http://purl.org/rss/1.0/\">", Format::rss},
                        {"\xEF\xBB\xBF<feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::atom},
                        {"<?xml version=\"1.0\"?><project><feeder/></project>", std::nullopt},
                        {"", std::nullopt}};

    for (const auto& [first_bytes, format] : rows)
        for (const char* path : {"index.xml", "news.rdf"}) {
            CAPTURE(first_bytes);
            CHECK(choose_format(path, first_bytes) == format);
        }
    CHECK(choose_format("feed", "<?xml version=\"1.0\"?><rss>") == Format::rss);
    CHECK(choose_format("data", "<?xml version=\"1.0\"?><a>") == Format::text);
    CHECK(choose_format("wide.xml", std::string_view("\xFF\xFE<\0r\0s\0s\0>\0", 12)) == Format::rss);
}

TEST_CASE("without a telling name the first bytes decide", "[read]") {
    const std::string zeros(100, '\0');

    CHECK(choose_format("README", "Read me first.\n") == Format::text);
    CHECK(choose_format("clip.2022", "Новости\n") == Format::text);
    CHECK(choose_format("page", "  <!DOCTYPE HTML><html>") == Format::html);
    CHECK(choose_format("page", "<HTML><head>") == Format::html);
    CHECK(choose_format("wide", std::string_view("\xFF\xFEh\0i\0", 6)) == Format::text);
    CHECK(choose_format("empty", "") == Format::text);
    CHECK_FALSE(choose_format("program", std::string_view("\x7F"
                                                          "ELF\x02\x01",
                                                          6))
                    .has_value());
    CHECK_FALSE(choose_format("zeros", zeros).has_value());
}

TEST_CASE("a format is known by the name the filter takes", "[read]") {
    CHECK(to_string(Format::text) == "txt");
    CHECK(to_string(Format::markdown) == "markdown");
    CHECK(to_string(Format::html) == "html");
    CHECK(to_string(Format::json) == "json");
    CHECK(to_string(Format::json_lines) == "jsonl");
    CHECK(to_string(Format::csv) == "csv");
    CHECK(to_string(Format::tsv) == "tsv");
    CHECK(to_string(Format::mail) == "eml");
    CHECK(to_string(Format::mbox) == "mbox");
    CHECK(to_string(Format::rss) == "rss");
    CHECK(to_string(Format::atom) == "atom");
    CHECK(to_string(Format::pdf) == "pdf");
    CHECK(to_string(Format::docx) == "docx");
    CHECK(to_string(Format::odt) == "odt");
    CHECK(to_string(Format::epub) == "epub");
    CHECK(to_string(Format::rtf) == "rtf");
}
