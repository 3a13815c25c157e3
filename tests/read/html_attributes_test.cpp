// What stands in a page's tags.
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

#include "read/html_attributes.hpp"
#include "read_all.hpp"

namespace {

namespace read = izde::read;

std::string without_unread(std::string html) {
    read::Hints hints;
    read::drop_unread(html, hints);
    return html;
}

template <std::size_t count>
const char* one_of(std::mt19937& random, const char* const (&all)[count]) {
    return all[random() % count];
}

// What nobody reads, as it stands within a tag behind its name.
std::string made_unread(std::mt19937& random) {
    const char* const pieces[] = {" onclick=\"a > b\"",
                                  " title='5\" <b class=nav>'",
                                  " data-x=y/z",
                                  " src = '/'",
                                  "\n=nonsense",
                                  " \"",
                                  " accesskey=c",
                                  " tabindex='1'",
                                  " async",
                                  " <b",
                                  " é=1",
                                  " alt=it's",
                                  " style2=\"\n\"",
                                  " x='&quot;'"};
    return one_of(random, pieces);
}

// A page of tags that are read; with `unread`, of the same with all kinds of things in between.
std::string made_page(unsigned seed, bool unread) {
    std::mt19937 random(seed), more(seed);
    std::string page;
    const auto add_unread = [&] {
        if (unread && more() % 2 == 0) page += made_unread(more);
    };
    const char* const tags[] = {"p",  "div",     "span", "h1", "h2",   "td",
                                "li", "article", "time", "b",  "meta", "nav"};
    const char* const attributes[] = {
        " class=\"byline\"",  " class='sidebar links'",    " hidden",
        " rel=author",        " itemprop=\"articleBody\"", " href",
        " id = 'newsletter'", " datetime=\"2024-05-06\"",  " role=navigation",
        " name=author",       " content='Someone'",        " style='display:none'"};
    const char* const texts[] = {
        "A bridge was opened. ", "It took ten years, and the mayor came. ", " ", "a < b ", "&amp;",
        "\"quoted\" & it's "};
    for (int i = 0; i < 40; ++i) {
        page.append("<").append(one_of(random, tags));
        add_unread();
        for (auto left = random() % 3; left > 0; --left) {
            page += one_of(random, attributes);
            add_unread();
        }
        page += random() % 9 == 0 ? " />" : " >";
        page += one_of(random, texts);
        if (unread && more() % 4 == 0)
            page += "<script>if (a<b) '<i title=\"</p>'</script><style><b c='</style>";
        if (unread && more() % 4 == 0) page += "<!-- <b title='> -- --- !> -->";
        if (random() % 2 == 0) page.append("</").append(one_of(random, tags)).append(">");
    }
    return page;
}

std::string record_of(const std::string& html) {
    return izde::index::write_record(izde::tests::read_one(read::Format::html, html, "page.html"));
}

}  // namespace

TEST_CASE("a page is left with what is read of it", "[read]") {
    struct Row {
        const char* html;
        const char* left;
    };
    const Row rows[] = {
        {"<p>a < b</p>", "<p>a < b</p>"},
        {"<p onclick=x id=n7 class=\"plain\">a", "<p >a"},
        {"<P CLASS=Byline Title='>'>a", "<P CLASS=Byline >a"},
        {"<p title=\"x\"class=\"nav\"id='menu'>a", "<p class=\"nav\"id='menu'>a"},
        {"<div hidden title=x/>a", "<div hidden >a"},
        {"<br title=x />a<br title='x'/>b", "<br />a<br />b"},
        {"<a title=\"b\" href=\"/x?y=1&z\">a</a>", "<a href >a</a>"},
        {"<a href = '/x'class=nav>a</a>", "<a href class=nav>a</a>"},
        {"<link rel=canonical href=/x media=all>", "<link rel=canonical href=/x >"},
        {"<p class=plain class=nav>a", "<p >a"},
        {"<p class=\"nav&amp;\">a", "<p class=\"nav&amp;\">a"},
        {"<p\"hidden=1 class=nav>a", "<p class=nav>a"},
        {"<p hidden = x =y / z>a", "<p hidden = x   >a"},
        {"<p title=\"never ends <p class=nav>a", "<p "},
        {"<p", "<p"},
        {"<p class", "<p "},
        {"<p title=", "<p "},
        {"</p title='>' class=x>a", "</p title='>' class=x>a"},
        {"</ p><?php '<a b=\"' ?><!DOCTYPE x '<a b=\"'>", "</ p><?php '<a b=\"' ?><!DOCTYPE x '<a b=\"'>"},
        {"a<!-- <a b=' -->b<!---->c<!-->d--!>e<!-- f", "a<!---->b<!---->c<!----!>e<!--"},
        {"<script src=x>'</p>' </scripts></script >a", "<script ></script >a"},
        {"<script type=a>b<c d=e></SCRIPT>a", "<script type=a>b<c d=e></SCRIPT>a"},
        {"<script src='x'/><p title=x>a<style/><p title=x>b", "<script /><p >a<style/><p >b"},
        {"<style media=x>p{}<a b='</style>a<style>b", "<style ></style>a<style>"},
    };
    for (const Row& row : rows) {
        INFO(row.html);
        CHECK(without_unread(row.html) == row.left);
    }
}

TEST_CASE("a tag keeps no attribute twice, and none that is not known", "[read]") {
    std::string html = "<p";
    for (int i = 0; i < 50'000; ++i) html.append(" a").append(std::to_string(i)).append("=b role=nav hidden");
    CHECK(without_unread(html + ">a").size() < 2'000'000);
    html.clear();
    for (int i = 0; i < 1000; ++i) html += " class=nav id=menu";
    CHECK(without_unread("<p" + html + ">a") == "<p class=nav id=menu >a");
}

TEST_CASE("what nobody reads changes nothing of what is read", "[read]") {
    for (unsigned seed = 1; seed <= 1000; ++seed) {
        const std::string page = made_page(seed, false), fuller = made_page(seed, true);
        INFO(page << "\n---\n" << fuller);
        REQUIRE(record_of(page) == record_of(fuller));
    }
}
