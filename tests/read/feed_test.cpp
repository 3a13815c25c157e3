// Feeds: RSS and Atom.
#include <chrono>

#include "read_all.hpp"
#include "support/encoded.hpp"

using namespace izde::tests;
using izde::read::Format;

namespace {

const std::string namespaces =
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
    " xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"";

std::string rss(const std::string& items, const std::string& declaration = "<?xml version=\"1.0\"?>\n") {
    return declaration + "<rss version=\"2.0\"" + namespaces +
           "><channel><title>Steppe news</title><link>https://example.org/</link>"
           "<atom:link rel=\"self\" href=\"https://example.org/feed\"/>"
           "<image><title>no</title><url>no</url></image>" +
           items + "</channel></rss>";
}

std::string atom(const std::string& entries) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"kk\"><title>Дала хабары</title>"
           "<link href=\"https://example.kz/\"/><updated>2024-05-05T00:00:00Z</updated>" +
           entries + "</feed>";
}

izde::index::Document item(const std::string& fields) {
    const auto found = read_all(Format::rss, rss("<item>" + fields + "</item>"));
    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 1);
    return found.documents[0];
}

izde::index::Document entry(const std::string& fields) {
    const auto found = read_all(Format::atom, atom("<entry>" + fields + "</entry>"));
    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 1);
    return found.documents[0];
}

}  // namespace

TEST_CASE("each item of an RSS feed is a document with the facts it names", "[read]") {
    const auto found =
        read_all(Format::rss,
                 rss("<language>ru-RU</language>"
                     "<item><title>Журавли &lt;b&gt;вернулись&lt;/b&gt; &amp;amp; поют</title>"
                     "<guid isPermaLink=\"false\">n1</guid><link>https://example.org/1</link>"
                     "<pubDate>Sun, 31 Mar 2024 23:30:00 -0700</pubDate><dc:date>2020-01-01</dc:date>"
                     "<author>a@example.org (Анна Ким)</author><category>птицы</category>"
                     "<description>Коротко.</description>"
                     "<content:encoded><![CDATA[<p>Журавли вернулись.</p><p>Их&nbsp;&mdash; двести.</p>]]>"
                     "</content:encoded><media:credit>Фото</media:credit></item>"
                     "<item><title>Второй</title><guid>https://example.org/2</guid>"
                     "<source url=\"https://example.com/\">Озёрный вестник</source>"
                     "<description>Простой\nтекст.</description></item>"),
                 "feeds/steppe.rss");

    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 2);
    const auto& first = found.documents[0];
    CHECK(first.record == "n1");
    CHECK(first.title == "Журавли вернулись & поют");
    CHECK(first.title_source == "metadata");
    CHECK(first.url == "https://example.org/1");
    CHECK(first.date.value == "2024-03-31");
    CHECK(first.date.source == "metadata");
    CHECK(first.author == "Анна Ким");
    CHECK(first.source == "Steppe news");
    CHECK(first.lang == "ru");
    CHECK(first.body == "Журавли вернулись.\n\nИх\u00A0— двести.\n");
    CHECK(first.format == "rss");
    CHECK(first.path == "feeds/steppe.rss");
    const auto& second = found.documents[1];
    CHECK(second.record == "https://example.org/2");
    CHECK(second.url == "https://example.org/2");
    CHECK(second.source == "Озёрный вестник");
    CHECK(second.body == "Простой\nтекст.\n");
}

TEST_CASE("each entry of an Atom feed is a document with the facts it names", "[read]") {
    const auto document = entry(
        "<id>urn:1</id><title type=\"html\">Тырналар &lt;i&gt;оралды&lt;/i&gt;</title>"
        "<link rel=\"edit\" href=\"/no\"/><link rel=\"alternate\" href=\"/a/1\"/>"
        "<updated>2024-04-02T00:00:00Z</updated><published>2024-04-01T23:00:00+05:00</published>"
        "<author><name>Гүлнәр Әшімова</name><email>g@example.kz</email></author>"
        "<author><name>Ерлан</name></author>"
        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Тырналар &amp; қаздар<br/>"
        "келді.</p><p>Көктем.</p></div></content>");

    CHECK(document.record == "urn:1");
    CHECK(document.title == "Тырналар оралды");
    CHECK(document.url == "https://example.kz/a/1");
    CHECK(document.date.value == "2024-04-01");
    CHECK(document.author == "Гүлнәр Әшімова, Ерлан");
    CHECK(document.source == "Дала хабары");
    CHECK(document.lang == "kk");
    CHECK(document.body == "Тырналар & қаздар\nкелді.\n\nКөктем.\n");
    CHECK(document.format == "atom");
}

TEST_CASE("text of Atom is text unless it says it is HTML", "[read]") {
    CHECK(entry("<title>1 &lt; 2</title><content>Tags like &lt;p&gt; stay.</content>").body ==
          "Tags like <p> stay.\n");
    CHECK(entry("<title>1 &lt; 2</title>").title == "1 < 2");
    CHECK(entry("<content type=\"html\">&lt;p&gt;Gone.&lt;/p&gt;</content>").body == "Gone.\n");
    CHECK(entry("<content mode=\"escaped\" type=\"text/html\">&lt;p&gt;Gone.&lt;/p&gt;</content>").body ==
          "Gone.\n");
    CHECK(entry("<title>A</title><summary>Short.</summary>").body == "Short.\n");
}

TEST_CASE("an entry's own feed, language and date come before the feed's", "[read]") {
    const auto document = entry(
        "<title>A</title><source><id>x</id><title>Lake news</title><updated>2001-01-01T00:00:00Z</updated>"
        "</source><updated>2024-04-02T00:00:00Z</updated>");
    CHECK(document.source == "Lake news");
    CHECK(document.date.value == "2024-04-02");
    const auto found = read_all(Format::atom, atom("<entry xml:lang=\"zh\"><title>鹤</title></entry>"));
    CHECK(found.documents.at(0).lang == "zh");
}

TEST_CASE("RSS 1.0 and 0.9 have their items beside the channel", "[read]") {
    for (const char* address : {"http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"}) {
        const auto found = read_all(
            Format::rss,
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"" +
                std::string(address) + "\"" + namespaces +
                "><channel rdf:about=\"x\"><title>Steppe</title><dc:language>en</dc:language></channel>"
                "<item rdf:about=\"https://example.org/1\"><title>One</title>"
                "<link>https://example.org/1</link><dc:creator>A. Reader</dc:creator>"
                "<dc:date>2024-04-01</dc:date><description>Text.</description></item></rdf:RDF>");
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].source == "Steppe");
        CHECK(found.documents[0].author == "A. Reader");
        CHECK(found.documents[0].date.value == "2024-04-01");
        CHECK(found.documents[0].record == "https://example.org/1");
        CHECK(found.documents[0].lang == "en");
    }
}

TEST_CASE("feeds are read in the encodings of their countries", "[read]") {
    struct Row {
        const char* declared;
        const char* encoding;
        const char* text;
    };
    const Row rows[] = {{"koi8-r", "KOI8-R", "Паромы ждут весны в порту Актау"},
                        {"windows-1251", "CP1251", "Маяк на мысе снова зажгли"},
                        {"gb2312", "GB18030", "草原上的鹤今年回来得很早，牧民朱镕很高兴"},
                        {"iso-8859-9", "ISO-8859-9", "Çay bahçesinde şenlik başladı"},
                        {"x-none", "CP1251", "Смотритель маяка доволен ремонтом и погодой"},
                        {"utf-16", "UTF-16", "Наурыз мерекесі қарсаңында"}};
    for (const auto& [declared, encoding, text] : rows) {
        CAPTURE(declared);
        const auto found = read_all(
            Format::rss, encoded(rss("<item><title>" + std::string(text) + "</title></item>",
                                     "<?xml version=\"1.0\" encoding=\"" + std::string(declared) + "\"?>"),
                                 encoding));
        REQUIRE(found.documents.size() == 1);
        CHECK(found.documents[0].title == text);
    }
}

TEST_CASE("an author is a name where there is one", "[read]") {
    CHECK(item("<title>A</title><author>a@example.org (A. Reader)</author>").author == "A. Reader");
    CHECK(item("<title>A</title><author>A. Reader &lt;a@example.org&gt;</author>").author == "A. Reader");
    CHECK(item("<title>A</title><author>a@example.org</author>").author == "a@example.org");
    CHECK(item("<title>A</title><dc:creator>A. Reader</dc:creator><dc:creator>B</dc:creator>").author ==
          "A. Reader, B");
}

TEST_CASE("an entry's id that is missing or taken is its number", "[read]") {
    const auto found =
        read_all(Format::rss, rss("<item><guid>a</guid><title>A</title></item><item><title>B</title></item>"
                                  "<item><guid>a</guid><title>C</title></item>"));
    REQUIRE(found.documents.size() == 3);
    CHECK(found.documents[1].record == "2");
    CHECK(found.documents[2].record == "3");
}

TEST_CASE("an entry without title and text is an error, and the next is read", "[read]") {
    const auto found = read_all(Format::rss, rss("\n<item><link>https://example.org/</link></item>\n"
                                                 "<item><title>B</title></item>"));
    CHECK(found.documents.size() == 1);
    CHECK(found.errors.at(0).message == "line 3: no title and no text");
}

TEST_CASE("broken XML gives the entries before the break and one error that names the line", "[read]") {
    const std::string good = "<item><title>Good</title></item>\n";
    for (const char* bad : {"<item><title>Bad</titel></item>", "<item>", "<item>&nosuch;</item>",
                            "<item>AT&T</item>", "<item a=b></item>"}) {
        CAPTURE(bad);
        const auto found = read_all(Format::rss, rss(good + bad));
        CHECK(found.documents.size() == 1);
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors[0].message.starts_with("line 3: not valid XML: "));
    }
}

TEST_CASE("what XML forbids but feeds have is read all the same", "[read]") {
    CHECK(item("<title>Lake&nbsp;&laquo;Balkhash&raquo;&hellip;</title>").title == "Lake «Balkhash»…");
    CHECK(item("<title>a\x0B\x01z</title>").title == "a z");
    CHECK(read_all(Format::rss, "\n  " + rss("<item><title>A</title></item>")).documents.size() == 1);
    CHECK(read_all(Format::rss,
                   "<rss><channel><item><dc:creator>A</dc:creator><title>B</title></item></channel></rss>")
              .documents.at(0)
              .author == "A");
}

TEST_CASE("what is no feed is one error", "[read]") {
    for (const char* bytes :
         {"", "text", "<html><p>page</html>", "<opml></opml>", "<?xml?>", "<rss", "\xFF\xFE"}) {
        CAPTURE(bytes);
        const auto found = read_all(Format::rss, bytes);
        CHECK(found.documents.empty());
        CHECK(found.errors.size() == 1);
    }
}

TEST_CASE("entities a feed declares are not expanded, and nothing else is fetched", "[read]") {
    std::string bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c < 'm'; ++c)
        bomb += std::string("<!ENTITY ") + c + " \"" +
                repeat(std::string("&") + static_cast<char>(c - 1) + ";", 10) + "\">";
    bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://localhost:9/x\">%p;]>";
    const std::string items = "<item><title>Good</title></item><item><title>&l;&file;</title></item>";
    const auto found = read_all(Format::rss, rss(items, bomb));

    REQUIRE(found.documents.size() == 1);
    CHECK(found.documents[0].title == "Good");
    CHECK(found.errors.at(0).message.starts_with("line 1: not valid XML: Entity 'l' not defined"));
    CHECK(read_all(Format::rss, rss("<item><title>A</title></item>",
                                    "<!DOCTYPE rss [<!-- it's --><!ENTITY gt2 \"]>\">\n%HTMLlat1;]\n>"))
              .documents.size() == 1);
}

TEST_CASE("hostile feeds cost little and do no harm", "[read]") {
    std::string attributes;
    for (int i = 0; i < 5000; ++i) attributes += " a" + std::to_string(i) + "=\"b\"";
    std::string defaults = "<!DOCTYPE rss [<!ATTLIST b a CDATA \"" + std::string(100'000, 'x') + "\">]>";
    const std::string deep = repeat("<a>", 100'000);
    struct Row {
        const char* what;
        std::string feed;
    };
    const Row rows[] = {
        {"depth", rss("<item><title>" + deep)},
        {"depth of content", atom("<entry><content type=\"xhtml\">" + deep)},
        {"escaped depth", rss("<item><description><![CDATA[" + deep + "]]></description></item>")},
        {"attributes", rss("<item" + attributes + "><title>A</title></item>")},
        {"defaults", rss("<item><description>" + repeat("<b/>", 50'000) + "</description></item>", defaults)},
        {"long text", rss("<item><title>" + std::string(11u << 20, 'a') + "</title></item>")},
        {"items", rss(repeat("<item><title>A</title></item>", 20'000))},
        {"NULs", std::string("<rss>\0<channel>\0", 16)},
        {"comment", "<rss><!--" + repeat("-", 1 << 20)},
    };
    for (const auto& [what, feed] : rows) {
        CAPTURE(what);
        const auto start = std::chrono::steady_clock::now();
        const auto found = read_all(Format::rss, feed);
        CHECK(found.documents.size() + found.errors.size() >= 1);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
}
