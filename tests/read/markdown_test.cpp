// Markdown files.
#include <chrono>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "read_all.hpp"

using izde::read::Format;
using izde::tests::read_all;
using izde::tests::repeat;

namespace {

izde::index::Document read_one(const std::string& markdown) {
    return izde::tests::read_one(Format::markdown, markdown, "notes/big-bridge.md");
}

}  // namespace

TEST_CASE("a Markdown file is titled by its first heading, which leaves the body", "[read]") {
    const auto document = read_one("# The *big* bridge\n\nFirst\nparagraph.\n\n## Money\n\nSecond one.\n");

    CHECK(document.title == "The big bridge");
    CHECK(document.title_source == "heading");
    CHECK(document.body == "First paragraph.\n\nMoney\n\nSecond one.\n");
    CHECK(document.format == "markdown");
    CHECK(document.encoding == "UTF-8");
}

TEST_CASE("an underlined heading is a heading", "[read]") {
    CHECK(read_one("Мост\n====\n\nТекст.\n").title == "Мост");
}

TEST_CASE("without a heading the text itself suggests the title", "[read]") {
    const auto document = read_one("The bridge to come\n\nThe council met on Monday. It agreed.\n");

    CHECK(document.title == "The bridge to come");
    CHECK(document.title_source == "first-line");
    CHECK(document.body == "The council met on Monday. It agreed.\n");
}

TEST_CASE("of markup only the text stays", "[read]") {
    struct Row {
        const char* markdown;
        const char* body;
    };
    const Row rows[] = {
        {"a [link](http://example.org/x) here", "a link here\n"},
        {"an ![old bridge](bridge.jpg) image", "an old bridge image\n"},
        {"**bold** _it_ ~~gone~~ `code()`", "bold it gone code()\n"},
        {"inter**nation**al", "international\n"},
        {"<http://example.org>", "http://example.org\n"},
        {"before <b onclick=x>raw</b> after", "before raw after\n"},
        {"<div>\nblock\n</div>\n\ntext", "text\n"},
        {"<!-- secret -->\n\ntext", "text\n"},
        {"```c\nint x;\nint y;\n```", "int x;\nint y;\n"},
        {"- one\n- two\n  - three\n\nend", "one\ntwo\nthree\n\nend\n"},
        {"1. one\n\n2. two", "one\n\ntwo\n"},
        {"> quoted\n\nend", "quoted\n\nend\n"},
        {"one  \ntwo", "one\ntwo\n"},
        {"one\n\n---\n\ntwo", "one\n\ntwo\n"},
        {"| a | b |\n|---|---|\n| c | d |\n\nend", "a\tb\nc\td\n\nend\n"},
        {"R&amp;D &copy; &#1052;", "R&D © М\n"},
        {"[ref]\n\n[ref]: http://example.org", "ref\n"},
    };

    for (const auto& [markdown, body] : rows) {
        CAPTURE(markdown);
        CHECK(read_one(std::string("# T\n\n") + markdown + "\n").body == body);
    }
}

TEST_CASE("YAML front matter gives title, date, author, language, place, source and address", "[read]") {
    const auto document = read_one("---\n"
                                   "Title: \"The bridge: a story\"\n"
                                   "date: 2022-01-25 # approximately\n"
                                   "author:\n"
                                   "  - A. Builder\n"
                                   "  - 'B. Mason'\n"
                                   "lang: en-GB\n"
                                   "place: Astana\n"
                                   "source: The Bridge Times\n"
                                   "url: https://example.org/bridge\n"
                                   "tags: [a, \"b, c\"]\n"
                                   "weird:\n"
                                   "---\n"
                                   "# The bridge: a story\n\nText.\n");

    CHECK(document.title == "The bridge: a story");
    CHECK(document.title_source == "metadata");
    CHECK(document.date.value == "2022-01-25");
    CHECK(document.date.source == "metadata");
    CHECK(document.author == "A. Builder, B. Mason");
    CHECK(document.lang == "en");
    CHECK(document.place == "Astana");
    CHECK(document.source == "The Bridge Times");
    CHECK(document.url == "https://example.org/bridge");
    CHECK(document.body == "Text.\n");
}

TEST_CASE("TOML front matter is read as well", "[read]") {
    const auto document =
        read_one("+++\ntitle = 'Мост'\nauthor = [\"A\", \"B\"]\ndate = 2022-01-25T10:00:00Z\n"
                 "[extra]\ntitle = \"no\"\n+++\nText.\n");

    CHECK(document.title == "Мост");
    CHECK(document.author == "A, B");
    CHECK(document.date.value == "2022-01-25");
    CHECK(document.body == "Text.\n");
}

TEST_CASE("a heading that differs from the declared title stays in the body", "[read]") {
    CHECK(read_one("---\ntitle: One\n---\n# Two\n\nText.\n").body == "Two\n\nText.\n");
}

TEST_CASE("a ruler is no front matter", "[read]") {
    for (const char* text :
         {"---\nJust some words\n---\n", "---\ntitle: never closed\n\nwords", "---\n", "+++\n", "---"}) {
        const auto document = read_one(text);

        CAPTURE(text);
        CHECK(document.title_source != "metadata");
    }
    CHECK(read_one("---\nJust some words\n---\nmore\n").body.find("more") != std::string::npos);
}

TEST_CASE("an address that is none of the web is not kept", "[read]") {
    CHECK(read_one("---\nurl: javascript:alert(1)\n---\nText.\n").url.empty());
}

TEST_CASE("a Markdown file of many megabytes is read to its end", "[read]") {
    const std::string chapter = "## Chapter\n\nWords of *it*.\n\n";

    const auto document = read_one("# Book\n\n" + repeat(chapter, 60'000) + "The end");

    CHECK(document.title == "Book");
    CHECK(document.body.size() == 60'000 * std::string("Chapter\n\nWords of it.\n\n").size() + 8);
}

TEST_CASE("hostile Markdown is read in time and without harm", "[read]") {
    const int many = 100'000;
    const std::string wide = repeat("|a", 3000) + "\n" + repeat("|-", 3000) + "\n" + repeat("|a\n", 10'000);
    const std::string bombs[] = {repeat(">", many),
                                 repeat("[", many),
                                 repeat("*", many),
                                 repeat("_a ", many),
                                 repeat("- ", many) + "x",
                                 repeat("`", many),
                                 repeat("![", many),
                                 repeat("<", many),
                                 repeat("[a](", many / 4),
                                 repeat("&", many),
                                 repeat("|", many),
                                 wide,
                                 repeat("~a ", many),
                                 std::string(many, '\0'),
                                 std::string(1u << 20, 'a'),
                                 repeat("#", many),
                                 "---\n" + repeat("a: b\n", 5000) + "---\n",
                                 "---\na: " + repeat("[", many / 4) + "\n---\n",
                                 std::string("\xFF\xFE")};

    for (const auto& bomb : bombs) {
        const auto start = std::chrono::steady_clock::now();

        const auto document = read_one(bomb);

        CAPTURE(bomb.substr(0, 20));
        CHECK(izde::text::is_valid_utf8(document.body));
        CHECK(izde::text::is_valid_utf8(document.title));
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    }
}
