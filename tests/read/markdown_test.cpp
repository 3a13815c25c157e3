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
    const auto document =
        izde::tests::clipped(read_one("The bridge to come\n\nThe council met on Monday. It agreed.\n"));

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
        {"an ![old bridge](bridge.jpg) image", "an image\n"},
        {"**bold** _it_ ~~gone~~ `code()`", "bold it gone code()\n"},
        {"inter**nation**al", "international\n"},
        {"<http://example.org>", "http://example.org\n"},
        {"before <b onclick=x>raw</b> after", "before raw after\n"},
        {"<div>\nblock <b>of</b> text\n</div>\n\ntext", "block of text\n\ntext\n"},
        {"<script>\nvar x;\n</script>\n\ntext", "text\n"},
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

TEST_CASE("front matter is understood by the keys people use", "[read]") {
    struct Row {
        const char* lines;
        const char* date;
        const char* author;
        const char* source;
        const char* place;
        const char* url;
    };
    const Row rows[] = {
        {"headline: T\npublished: 4 June 2024\nbyline: By Dana Whitfield\npublication: Lakeside Courier\n"
         "location: Port Aral\nlink: https://lake.example/1",
         "2024-06-04", "Dana Whitfield", "Lakeside Courier", "Port Aral", "https://lake.example/1"},
        {"title: T\nPublish Date: 2024-06-04\nupdated: 2024-07-01\nauthors:\n  - name: Dana Whitfield\n    "
         "email: d@lake.example\n"
         "  - name: Marat Ospan\noutlet: 'Lakeside Courier'\ncity: Aral\ncanonical_url: "
         "https://lake.example/2",
         "2024-06-04", "Dana Whitfield, Marat Ospan", "Lakeside Courier", "Aral", "https://lake.example/2"},
        {"title: T\nClipped on: 2024-09-09\nsaved: 2024-09-09\nretrieved: 2024-09-10\nauthor:\n  name: Dana "
         "Whitfield\n"
         "  url: https://lake.example/d\nsource: https://lake.example/3",
         "", "Dana Whitfield", "", "", "https://lake.example/3"},
        {"title: T\nlastmod: 2024-07-01", "2024-07-01", "", "", "", ""},
        {"title: T\ncreated: 2024-06-01\nmodified: 2024-07-01", "2024-06-01", "", "", "", ""},
        {"Заголовок: T\nДата: 4 июня 2024\nАвтор: Айгерим Сатова\nИсточник: Приозёрная газета", "2024-06-04",
         "Айгерим Сатова", "Приозёрная газета", "", ""},
        {"标题: T\n日期: 2024年6月4日\n作者: 张伟\n来源: 湖畔日报", "2024-06-04", "张伟", "湖畔日报", "", ""},
        {"title: >\n  T\ndate: 2024-06-04 # as printed", "2024-06-04", "", "", "", ""},
    };

    for (const auto& [lines, date, author, source, place, url] : rows) {
        const auto document = read_one(std::string("---\n") + lines + "\n---\nText of it.\n");

        CAPTURE(lines);
        CHECK(document.title == "T");
        CHECK(document.date.value == date);
        CHECK(document.author == author);
        CHECK(document.source == source);
        CHECK(document.place == place);
        CHECK(document.url == url);
        CHECK(document.body == "Text of it.\n");
    }
}

TEST_CASE("talk between two rulers is no front matter", "[read]") {
    const auto document = read_one("---\nThe mayor said: hello\nNobody answered him: silence\n---\nmore\n");

    CHECK((document.title + document.body).find("hello") != std::string::npos);
}

TEST_CASE("what images show stands beside the body", "[read]") {
    const auto document = read_one(
        "# T\n\n![The quay](a.jpg)\n\nOne [![logo](b.png)](http://x.example) two.\n\n![](c.png)\n\nEnd.\n");

    CHECK(document.body == "One two.\n\nEnd.\n");
    REQUIRE(document.boilerplate.size() == 2);
    CHECK(document.boilerplate[0] == izde::index::Furniture{"The quay", 0});
    CHECK(document.boilerplate[1].text == "logo");
    CHECK(document.boilerplate[1].at == 4);
}

TEST_CASE("a section's heading far down the text is no title", "[read]") {
    const std::string text = repeat("The council met on Monday and agreed. ", 15);

    CHECK(read_one(text + "\n\n## Money\n\nMore.\n").title_source != "heading");
    CHECK(read_one("A line before.\n\n## Money\n\nMore.\n").title == "Money");
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
                                 repeat("<div>\n\n", many),
                                 repeat("<p>a\n\n", many / 5),
                                 repeat("![a](b)\n\n", many),
                                 repeat("![", 1000) + repeat("](x)", 1000),
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
