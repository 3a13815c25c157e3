// Which format a file is in.
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
                        {"v1.2/notes.md", Format::markdown}};

    for (const auto& [path, format] : rows) {
        CAPTURE(path);
        CHECK(choose_format(path, "whatever \x01") == format);
    }
}

TEST_CASE("images, programs and office files are no documents, whatever their first bytes", "[read]") {
    for (const char* path : {"a.jpg", "photo.PNG", "a.zip", "a.exe", "a.pdf", "a.docx", "a.css", "a.mp3"}) {
        CAPTURE(path);
        CHECK_FALSE(choose_format(path, "plain text").has_value());
    }
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
    CHECK_FALSE(choose_format("paper", "%PDF-1.7").has_value());
    CHECK_FALSE(choose_format("zeros", zeros).has_value());
}

TEST_CASE("a format is known by the name the filter takes", "[read]") {
    CHECK(to_string(Format::text) == "txt");
    CHECK(to_string(Format::markdown) == "markdown");
    CHECK(to_string(Format::html) == "html");
    CHECK(to_string(Format::json) == "json");
    CHECK(to_string(Format::json_lines) == "jsonl");
}
