// JSON and JSON Lines.
#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "read_all.hpp"

using izde::read::Format;
using izde::tests::read_all;

TEST_CASE("a JSON object is one document with the fields it names", "[read]") {
    const auto found = read_all(Format::json, R"({
        "url": "https://example.org/bridge", "title": " The\n bridge ", "body": "First.\r\n\r\nSecond.",
        "date": "2022-01-25T10:00:00Z", "author": ["A. Builder", "B. Mason"], "source": "Bridge Times",
        "place": "Astana", "lang": "en-US", "tags": ["a", "b"], "other": {"title": "no", "deep": [1, [2]]}})");

    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 1);
    const auto& document = found.documents[0];
    CHECK(document.title == "The bridge");
    CHECK(document.title_source == "metadata");
    CHECK(document.body == "First.\n\nSecond.\n");
    CHECK(document.url == "https://example.org/bridge");
    CHECK(document.date.value == "2022-01-25");
    CHECK(document.author == "A. Builder, B. Mason");
    CHECK(document.source == "Bridge Times");
    CHECK(document.place == "Astana");
    CHECK(document.lang == "en");
    CHECK(document.record.empty());
    CHECK(document.format == "json");
    CHECK(document.encoding == "UTF-8");
}

TEST_CASE("a JSON list holds a document each", "[read]") {
    const auto found = read_all(
        Format::json, R"([{"id": 7, "title": "A"}, 5, {"text": "Words. More."}, [{"title": "no"}], {}])");

    REQUIRE(found.documents.size() == 2);
    CHECK(found.documents[0].record == "7");
    CHECK(found.documents[1].record == "3");
    CHECK(found.documents[1].body == "Words. More.\n");
    REQUIRE(found.errors.size() >= 3);
    CHECK(found.errors[0].message == "record 2: not a JSON object");
}

TEST_CASE("each line of JSON Lines is a document, known by its id or its line", "[read]") {
    const auto found = read_all(Format::json_lines,
                                "{\"id\": \"a\", \"title\": \"One\"}\n"
                                "\n"
                                "{\"title\": \"Two\"}\r\n"
                                "{\"id\": 12.5, \"content\": \"Мост построят к весне\\n\\nТекст. Ещё.\"}");

    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 3);
    CHECK(found.documents[0].record == "a");
    CHECK(found.documents[1].record == "3");
    CHECK(found.documents[2].record == "12.5");
    CHECK(found.documents[2].title.empty());
    CHECK(found.documents[2].body == "Мост построят к весне\n\nТекст. Ещё.\n");
    CHECK(found.documents[2].format == "jsonl");
}

TEST_CASE("own field names stand for izde's", "[read]") {
    const auto found = read_all(Format::json_lines,
                                R"({"headline": "The bridge", "article": "Text.", "key": "k"})"
                                "\n",
                                "a.jsonl", {{"headline", "title"}, {"article", "body"}, {"key", "id"}});

    CHECK(found.documents.at(0).title == "The bridge");
    CHECK(found.documents.at(0).body == "Text.\n");
    CHECK(found.documents.at(0).record == "k");
}

TEST_CASE("a bad line is an error that names it, and reading goes on", "[read]") {
    struct Row {
        const char* line;
        const char* reason;
    };
    const Row rows[] = {
        {"{\"title\": ", "line 2: not valid JSON at byte"},
        {"not json", "line 2: not a JSON object"},
        {"[1, 2]", "line 2: not a JSON object"},
        {"{\"title\": \"A\"} x", "line 2: not valid JSON at byte"},
        {"{\"title\": \"A\"}{\"title\": \"B\"}", "line 2: not valid JSON at byte"},
        {"{\"title\": \"\xFF\"}", "line 2: not valid JSON at byte"},
        {"{\"id\": 1, \"title\": \"\", \"body\": null}", "line 2: no title and no text"},
        {"{\"Title\": \"A\"}", "line 2: no title and no text"},
        {"{\"id\": \"first\", \"title\": \"A\"}", "line 2: the id \"first\" is taken by line 1"}};

    for (const auto& [line, reason] : rows) {
        const auto found =
            read_all(Format::json_lines, std::string("{\"id\": \"first\", \"title\": \"One\"}\n") + line +
                                             "\n{\"title\": \"Three\"}\n");

        CAPTURE(line);
        CHECK(found.documents.size() == 2);
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors[0].message.substr(0, std::string(reason).size()) == reason);
    }
}

TEST_CASE("half of a surrogate pair becomes a replacement character", "[read]") {
    struct Row {
        const char* json;
        const char* title;
    };
    const Row rows[] = {{R"({"title": "a\ud83d"})", "a\uFFFD"},
                        {R"({"title": "\ude00b"})", "\uFFFDb"},
                        {R"({"title": "\ud83d\ud83d\ude00"})", "\uFFFD😀"},
                        {R"({"title": "\ud83d\u0041"})", "\uFFFDA"},
                        {R"({"title": "\\ud83d"})", "\\ud83d"},
                        {R"({"title": "\uD83D\uDE00 \u041c\u043e\u0441\u0442"})", "😀 Мост"},
                        {R"({"title": "a\u0000b\u0007"})", "ab"}};

    for (const auto& [json, title] : rows) {
        const auto found = read_all(Format::json_lines, json);

        CAPTURE(json);
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].title == title);
    }
}

TEST_CASE("JSON Lines in UTF-16 with a BOM are decoded as a whole", "[read]") {
    std::string bytes = "\xFF\xFE";
    for (const char c : std::string("{\"title\": \"One\"}\n{\"title\": \"Two\"}\n")) (bytes += c) += '\0';

    const auto found = read_all(Format::json_lines, bytes);

    CHECK(found.documents.size() == 2);
    CHECK(found.documents.at(0).encoding == "UTF-16LE");
}

TEST_CASE("a BOM before the first line does no harm", "[read]") {
    CHECK(read_all(Format::json_lines, "\xEF\xBB\xBF{\"title\": \"One\"}\n").documents.size() == 1);
    CHECK(read_all(Format::json, "\xEF\xBB\xBF{\"title\": \"One\"}\n").documents.size() == 1);
}

TEST_CASE("a JSON file in another encoding is decoded", "[read]") {
    const auto found = read_all(
        Format::json,
        "{\"title\": \"\xCC\xEE\xF1\xF2 \xEF\xEE\xF1\xF2\xF0\xEE\xFF\xF2 \xEA \xE2\xE5\xF1\xED\xE5\"}");

    CHECK(found.documents.at(0).title == "Мост построят к весне");
    CHECK(found.documents.at(0).encoding == "windows-1251");
}

TEST_CASE("JSON that is none, or too deep, is an error", "[read]") {
    const std::string deep = std::string(100'000, '[');
    std::string deep_objects;
    for (int i = 0; i < 100'000; ++i) deep_objects += "{\"a\":";

    for (const std::string& json :
         {std::string(), std::string("\"text\""), std::string("{"), std::string("[{\"title\": \"A\"}, {]"),
          deep, deep_objects, std::string(1u << 20, '\0'), std::string("{\"title\" \"A\"}")}) {
        CAPTURE(json.substr(0, 30));
        CHECK(read_all(Format::json, json).errors.size() >= 1);
        CHECK(read_all(Format::json_lines, json + "\n{\"title\": \"Good\"}").documents.size() == 1);
    }
    CHECK(read_all(Format::json, deep_objects).errors.at(0).message == "nested deeper than 100 levels");
}

TEST_CASE("records before the place where a JSON list breaks are kept", "[read]") {
    const auto found = read_all(Format::json, R"([{"title": "A"}, {"title": "B"}, {"title)");

    CHECK(found.documents.size() == 2);
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].message.find("after record 2") != std::string::npos);
}

TEST_CASE("a line above the limit is an error and the next line is read", "[read]") {
    std::string lines = "{\"title\": \"";
    lines.append(izde::read::max_document_bytes, 'a') += "\"}\n{\"title\": \"Two\"}\n";

    const auto found = read_all(Format::json_lines, std::move(lines));

    CHECK(found.documents.size() == 1);
    CHECK(found.errors.at(0).message == "line 1: longer than 32 MiB");
}

TEST_CASE("a list of a million foreign values costs no documents and no harm", "[read]") {
    std::string json = "{\"title\": \"A\", \"numbers\": [0";
    for (int i = 0; i < 1'000'000; ++i) json += ",0";

    CHECK(read_all(Format::json, json + "]}").documents.size() == 1);
}
