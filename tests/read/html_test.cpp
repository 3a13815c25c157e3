// Web pages.
#include <chrono>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "read_all.hpp"

using izde::read::Format;
using izde::tests::read_all;
using izde::tests::repeat;

namespace {

izde::index::Document read_one(const std::string& html) {
    return izde::tests::read_one(Format::html, html, "pages/bridge.html");
}

}  // namespace

TEST_CASE("of a page only the visible text of its body stays", "[read]") {
    struct Row {
        const char* html;
        const char* body;
    };
    const Row rows[] = {
        {"<p>One</p><p>Two</p>", "One\n\nTwo\n"},
        {"<p>One\n two<p>Three", "One two\n\nThree\n"},
        {"inter<b>nation</b>al", "international\n"},
        {"one<br>two<br/>three", "one\ntwo\nthree\n"},
        {"<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree\n"},
        {"<ul><li>one<li>two</ul>end", "one\ntwo\n\nend\n"},
        {"<table><tr><td>a<td>b<tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td\n"},
        {"R&amp;D &copy; &#x41C;&hellip; &nosuch; &", "R&D © М… &nosuch; &\n"},
        {"<script>var a = '<p>no</p>';</script>yes", "yes\n"},
        {"<style>p{}</style><noscript>no</noscript><template>no</template>yes", "yes\n"},
        {"<nav><ul><li>no</ul></nav>yes<aside>no</aside><footer>no</footer>", "yes\n"},
        {"<button>no</button><select><option>no</select><svg><title>no</title></svg><iframe>no</iframe>yes",
         "yes\n"},
        {"<div hidden>no <p>no</p></div>yes<input hidden>", "yes\n"},
        {"<form><input value=no>no</form>yes, of course, more than the form",
         "yes, of course, more than the form\n"},
        {"<header>Site <nav>no</nav></header>yes", "yes\n"},
        {"<article><header><p>lead</p></header>yes</article>", "lead\n\nyes\n"},
        {"<pre>a\n  b</pre>c", "a\n  b\n\nc\n"},
        {"<!-- no -->yes<!-- no", "yes\n"},
        {"<unknown>yes</unknown> <p>and</i> </p></div>", "yes\n\nand\n"},
        {"a < b and c > d", "a < b and c > d\n"},
        {"Астана &mdash; <b>Қазақ</b>стан 中国", "Астана — Қазақстан 中国\n"},
    };

    for (const auto& [html, body] : rows) {
        CAPTURE(html);
        CHECK(read_one(std::string("<!DOCTYPE html><title>T</title><body>") + html).body == body);
    }
}

TEST_CASE("a page wrapped in one form is read all the same", "[read]") {
    CHECK(
        read_one("<title>T</title><form id=all><p>All the text of the page stands here.</p></form>x").body ==
        "All the text of the page stands here.\n\nx\n");
}

TEST_CASE("a page's title is the best one it declares", "[read]") {
    struct Row {
        const char* html;
        const char* title;
        const char* source;
    };
    const std::string ld =
        R"(<script type="application/ld+json">{"@graph":[{"@type":"Site"},{"@type":["NewsArticle"],"headline":"From data"}]}</script>)";
    const std::string all =
        ld + "<meta property='og:title' content='From og'><title>From title</title><h1>From h1</h1>";
    const Row rows[] = {
        {all.c_str(), "From data", "metadata"},
        {"<meta property='og:title' content='From og'><title>From title</title><h1>From h1</h1>", "From og",
         "metadata"},
        {"<title> From\n title </title><h1>From h1</h1>", "From title", "metadata"},
        {"<h1>From <i>h1</i></h1><p>text", "From h1", "heading"},
        {"<title>The bridge | Bridge Times</title><h1>The bridge</h1>", "The bridge", "heading"},
        {"<title>Bridge Times — Мост</title><h1>Мост</h1>", "Мост", "heading"},
        {"<meta property='og:site_name' content='Bridge Times'><title>The bridge - Bridge Times</title>",
         "The bridge", "metadata"},
        {"<title>R&amp;D</title>", "R&D", "metadata"},
        {"<title></title><p>A short line</p><p>A much longer paragraph stands here. Really.</p>",
         "A short line", "first-line"},
        {"<p>The council met. It agreed.</p>", "The council met.", "lead"},
        {"<svg><title>icon</title></svg>", "bridge", "file-name"},
        {"", "bridge", "file-name"},
    };

    for (const auto& [html, title, source] : rows) {
        const auto document = izde::tests::clipped(read_one(html));

        CAPTURE(html);
        CHECK(document.title == title);
        CHECK(document.title_source == source);
    }
}

TEST_CASE("a heading that is the title is not repeated in the body", "[read]") {
    CHECK(read_one("<title>Мост | Газета</title><h1> Мост </h1><p>Текст.</p>").body == "Текст.\n");
    CHECK(read_one("<title>Other</title><h1>Мост</h1><p>Текст.</p>").body == "Мост\n\nТекст.\n");
}

TEST_CASE("a page's date, author, source, language and address come from its head", "[read]") {
    const auto document = read_one(
        "<html lang=ru-RU><head><link rel=canonical href='https://example.org/bridge'>"
        "<meta property='og:site_name' content='Газета'><meta name=author content='Never'>"
        "<script "
        "type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"2022-01-25T10:00:00+06:00\","
        "\"author\":[{\"@type\":\"Person\",\"name\":\"A. Builder\"},{\"name\":\"B. Mason\"}]}</script></head>"
        "<body><time datetime='2021-01-01'>then</time></body></html>");

    CHECK(document.date.value == "2022-01-25");
    CHECK(document.date.source == "metadata");
    CHECK(document.author == "A. Builder, B. Mason");
    CHECK(document.source == "Газета");
    CHECK(document.lang == "ru");
    CHECK(document.url == "https://example.org/bridge");
}

TEST_CASE("a page's date is looked for in several places", "[read]") {
    const char* heads[] = {"<meta property='article:published_time' content='2022-01-25'>",
                           "<meta name='Date' content='2022-01-25'>",
                           "<meta name='DC.date' content='2022-01-25'>",
                           "<meta name=pubdate content='25 Jan 2022'>",
                           "<time datetime='2022-01-25T08:00'>today</time>",
                           "<meta name=date content='soon'><time datetime='2022-01-25'>today</time>"};

    for (const char* head : heads) {
        CAPTURE(head);
        CHECK(read_one(head).date.value == "2022-01-25");
    }
    CHECK(read_one("<p>25 January 2022").date.value.empty());
}

TEST_CASE("an author that is an address, and an address that is none, are not kept", "[read]") {
    const auto document =
        read_one("<meta property='article:author' content='https://example.org/a'>"
                 "<meta name=author content='A. Builder'><link rel=canonical href='javascript:x()'>");

    CHECK(document.author == "A. Builder");
    CHECK(document.url.empty());
}

TEST_CASE("a page in a declared encoding is read in it", "[read]") {
    const std::string cp1251 = "\xCC\xEE\xF1\xF2";  // Мост

    const auto document =
        read_one("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>" + cp1251);
    const auto gbk = read_one("<meta charset=\"gb2312\"><p>\xB4\xF3\xC7\xC5");

    CHECK(document.body == "Мост\n");
    CHECK(document.encoding == "windows-1251");
    CHECK(gbk.body == "大桥\n");
    CHECK(gbk.encoding == "GB18030");
}

TEST_CASE("a page in UTF-8 that declares something else is read as UTF-8", "[read]") {
    CHECK(read_one("<meta charset=iso-8859-1><p>Мост через реку</p>").body == "Мост через реку\n");
    CHECK(read_one("<meta charset=utf-16><p>Мост через реку</p>").body == "Мост через реку\n");
}

TEST_CASE("entities and declarations read nothing from outside and do not multiply", "[read]") {
    const auto document = read_one("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY a 'aaaa'>"
                                   "<!ENTITY b '&a;&a;&a;'>]><title>T</title><body>&x;&b;</body>");

    CHECK(document.body.find("root:") == std::string::npos);
    CHECK(document.body.find("aaaa&") == std::string::npos);
    CHECK(document.body.size() < 200);
}

TEST_CASE("text behind very deep markup is not lost", "[read]") {
    for (const char* tag : {"<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<div><p>"}) {
        const auto document = read_one("<title>T</title>before " + repeat(tag, 100'000) + "after");

        CAPTURE(tag);
        CHECK(document.body.find("before") == 0);
        CHECK(document.body.find("after") != std::string::npos);
    }
}

TEST_CASE("hostile pages are read in time and without harm", "[read]") {
    std::string attributes = "<a";
    for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i) + "=1";
    std::string many_classes;
    for (int i = 0; i < 50'000; ++i) many_classes += "<p class='a" + std::to_string(i) + "x'>a";
    const std::string bombs[] = {
        repeat("<div>", 50'000) + repeat("</p>", 50'000),
        repeat("<span>", 100'000) + repeat("</i>", 100'000),
        attributes + ">text</a>",
        repeat("<", 100'000),
        repeat("&", 100'000),
        repeat("<!--", 50'000),
        repeat("<script>", 50'000),
        repeat("<a x=\"", 50'000),
        repeat("<a x='\"", 50'000),
        "<script type='application/ld+json'>" + repeat("[", 100'000) + "</script>",
        "<script type='application/ld+json'>" + repeat("{\"@graph\":", 10'000) + "</script>",
        std::string(1u << 20, '\0'),
        std::string(1u << 20, 'a'),
        "<title>" + std::string(1u << 20, 'a'),
        "<meta charset=" + std::string(5000, 'x'),
        repeat("<nav>a</nav>b", 50'000),
        repeat("<div class=share>a</div><p>b", 50'000),
        repeat("<h1 class=author>a<time datetime=2024-01-01>", 50'000),
        repeat("<article><div class='entry-content'>" + std::string(100, 'a'), 20'000),
        repeat("<div hidden><form>" + std::string(20, 'a'), 20'000),
        repeat("<p style='display:none'>a</p>b ", 50'000),
        many_classes,
        "<p class='" + repeat("aB-c_", 200'000) + "'>a",
        "<meta name=author content='" + repeat("By ", 200'000) + "'><p>a",
        "<title>a" + repeat(" | a", 100'000) + "</title><h1>a</h1>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":" + repeat("[", 50'000) +
            repeat("]", 50'000) + "}</script>",
        "<script type='application/ld+json'>{\"@graph\":[" +
            repeat("{\"@type\":\"Article\",\"@id\":\"a\",\"name\":\"b\"},", 20'000) + "]}</script>",
        "<script type='application/ld+json'>{\"headline\":\"" + repeat("&amp;", 100'000) + "\"}</script>",
        "<p>\xFF\xC3 \xED\xA0\x80 \x01 &#0; &#xD800; &#x110000; &#1;</p>",
    };

    for (const auto& bomb : bombs) {
        const auto start = std::chrono::steady_clock::now();

        const auto found = read_all(Format::html, bomb);

        CAPTURE(bomb.substr(0, 40));
        REQUIRE(found.documents.size() == 1);
        CHECK(izde::text::is_valid_utf8(found.documents[0].body));
        CHECK(izde::text::is_valid_utf8(found.documents[0].title));
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    }
}

TEST_CASE("text behind more boxes than are told apart is not lost", "[read]") {
    const auto document = read_one("<title>T</title>" + repeat("<div>a</div>", 100'000) + "<div>end</div>");

    CHECK(document.body.ends_with("a\n\nend\n"));
    CHECK(document.body.size() == 100'000 * 3 + 4);
}

TEST_CASE("a name alone takes away neither a heading nor most of a page", "[read]") {
    const std::string text = repeat("All that the page has to say is said in this box and nowhere else. ", 8);
    for (const char* names : {"share", "sidebar", "widget social", "cookie-consent", "comments",
                              "related menu", "newsletter subscribe", "tags", "promo", "advert"}) {
        const std::string box = std::string("<div class='") + names + "'>";

        CAPTURE(names);
        CHECK(read_one("<title>T</title>" + box + "<h1>Bridge news</h1></div><p>" + text + "</p>")
                  .body.starts_with("Bridge news"));
        CHECK(read_one("<title>T</title><p>Before.</p>" + box + "<p>" + text + "</p></div>").body.size() >=
              text.size());
    }
    CHECK(read_one("<title>T</title><section id=cookies><h2>Cookies</h2>" + text + "</section>" + text + text)
              .body.starts_with("Cookies"));
    CHECK(read_one("<title>T</title><p class=shareholder-meeting>The shareholders met.</p><p "
                   "class=not-social>x y</p>")
              .body == "The shareholders met.\n\nx y\n");
}

TEST_CASE("furniture knows before which byte of the body it stood", "[read]") {
    const auto document =
        read_one("<title>T</title><nav>menu</nav><p>One\n two <span class=share>tell</span> three.</p>"
                 "<p class=cookie-notice>We use\n cookies</p><p>Four, five, six, seven, "
                 "eight.</p><footer>end</footer>");

    CHECK(document.body == "One two three.\n\nFour, five, six, seven, eight.\n");
    using izde::index::Furniture;
    CHECK(document.boilerplate ==
          std::vector<Furniture>{{"menu", 0}, {"tell", 8}, {"We use cookies", 16}, {"end", 47}});
}

TEST_CASE("text behind a flood of attributes is not lost", "[read]") {
    std::string attributes = "<title>T</title><a";
    for (int i = 0; i < 5000; ++i) attributes += " a" + std::to_string(i) + "='> x'";

    CHECK(read_one(attributes + ">text</a>").body == "text\n");
}
