// The pages that searchd renders, over a service that answers what the test puts into it.
#include <catch2/catch.hpp>

#include "http/form.hpp"
#include "http/markup.hpp"
#include "http/routes.hpp"
#include "http/words.hpp"
#include "support/fake_service.hpp"

using izde::Errc;
using izde::http::Answer;
using izde::http::Asset;
using izde::http::Assets;
using izde::http::Message;
using izde::http::Params;
using izde::http::Words;
using izde::tests::FakeService;
namespace http = izde::http;
namespace index = izde::index;
namespace search = izde::search;

namespace {

const Assets assets{{"/", Asset{"text/html", "<html><head></head><body></body></html>", "1"}}};

Answer get(const FakeService& service, const std::string& path, Params params = {},
           decltype(Message::headers) headers = {}) {
    return http::handle(service, assets,
                        {.method = "GET", .path = path, .params = std::move(params), .headers = headers});
}

std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers)
        if (key == name) return value;
    return "";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

void put_hit(FakeService& service) {
    search::Hit hit;
    hit.document.id = "a1b2c3d4e5f60718";
    hit.document.path = "clips/market.txt";
    hit.document.lang = "kk";
    hit.document.source = "SNB";
    hit.document.date = {"2022-01", index::Precision::month, "byline", "January 2022"};
    hit.document.similar = 2;
    hit.title = {"Bazaar & price", {{0, 6}}};
    hit.snippet = {"one two", {{4, 7}}};
    service.reply.hits = {hit};
    service.reply.total = 25;
    service.reply.index = {"7", "2026-11-22T03:15:00Z", 1234};
}

void put_document(FakeService& service) {
    auto& document = service.shown.document;
    document.id = "a1b2c3d4e5f60718";
    document.path = "clips/market.txt";
    document.title = "Market";
    document.title_source = "heading";
    document.lang = "en";
    document.author = "A. Omar";
    document.author_source = "byline";
    document.url = "https://example.org/a?b=1&c=2";
    document.date = {"2022-01-25", index::Precision::day, "dateline", ""};
    document.boilerplate = {{"Share this", 0}};
    service.shown.title = {"Market", {{0, 6}}};
    service.shown.body = {"one two\nthree\n\nfour", {{4, 10}}};
}

}  // namespace

TEST_CASE("a results page shows hits, counts, pages and what to take away", "[pages]") {
    FakeService service;
    put_hit(service);

    const auto answer = get(service, "/search", {{"q", "bazaar <b>"}, {"page", "2"}});

    CHECK(answer.status == 200);
    CHECK(answer.type == "text/html; charset=utf-8");
    CHECK(contains(header(answer, "Content-Security-Policy"), "script-src 'self'"));
    CHECK(service.last_request().text == "bazaar <b>");
    for (const auto* part :
         {"<title>bazaar &lt;b&gt; – izde</title>", "value=\"bazaar &lt;b&gt;\"", "25 results · page 2 of 3",
          "<mark>Bazaar</mark> &amp; price", "href=\"/doc/a1b2c3d4e5f60718?q=bazaar%20%3Cb%3E\"",
          "one <mark>two</mark>", "January 2022", "Kazakh", "and 2 similar", "1,234 documents",
          "href=\"/search?q=bazaar%20%3Cb%3E\" rel=\"prev\"", "page=3", "/feed.atom?q=bazaar%20%3Cb%3E",
          "/export.csv?q="}) {
        INFO(part);
        CHECK(contains(answer.body, part));
    }
    CHECK_FALSE(contains(answer.body, "<b>"));
    CHECK_FALSE(contains(answer.body, "style="));
    CHECK_FALSE(contains(answer.body, "<script"));
}

TEST_CASE("facets and years are links that narrow the search, and chips take that back", "[pages]") {
    FakeService service;
    put_hit(service);
    service.reply.facets = {{{{"en", 3}, {"kk", 2}}, 0}, {}, {}, {}, {}, {{{"2019", 4}, {"2022", 2}}, 0}};

    const auto body = get(service, "/search", {{"q", "a"}, {"lang", "kk"}, {"page", "2"}}).body;

    const std::vector<index::Breakdown> wanted{index::Breakdown::lang,   index::Breakdown::source,
                                               index::Breakdown::author, index::Breakdown::place,
                                               index::Breakdown::format, index::Breakdown::year};
    CHECK(service.last_request().facets == wanted);
    CHECK(service.last_request().counting == search::Counting::choices);
    CHECK(contains(body, "href=\"/search?q=a&amp;lang=kk&amp;lang=en\""));
    CHECK(contains(body, "href=\"/search?q=a\" aria-current=\"true\"><span>Kazakh</span>"));
    CHECK(contains(body, "class=\"chip\" href=\"/search?q=a\" aria-label=\"Remove the filter Kazakh\""));
    CHECK(contains(body, "href=\"/search?q=a&amp;lang=kk&amp;from=2019&amp;to=2019\""));
    CHECK(contains(body, "aria-label=\"2019: 4 documents\""));
    CHECK(count(body, "class=\"h20\"") == 1);
    CHECK(count(body, "class=\"h0\"") == 2);  // 2020 and 2021
}

TEST_CASE("a chosen value that nothing has stands in the list as well", "[pages]") {
    FakeService service;
    service.reply.facets = {{{{"en", 3}}, 0}, {}, {}, {}, {}, {}};

    const auto body = get(service, "/search", {{"q", "a"}, {"lang", "kk"}, {"lang", ""}}).body;

    CHECK(
        contains(body, "href=\"/search?q=a\" aria-current=\"true\"><span>Kazakh</span><span class=\"n\">0<"));
    CHECK(count(body, "class=\"n\"") == 2);
}

TEST_CASE("a range within a year is broken down by months", "[pages]") {
    FakeService service;
    put_hit(service);
    service.reply.facets = {{}, {}, {}, {}, {}, {{{"2022-03", 4}}, 0}};

    const auto body = get(service, "/search", {{"from", "2022"}, {"to", "2022-06"}}).body;

    CHECK(service.last_request().facets.back() == index::Breakdown::month);
    CHECK(contains(body, "from=2022-03&amp;to=2022-03"));
    CHECK(contains(body, "March 2022: 4 documents"));
    CHECK(count(body, "class=\"year\"") == 12);
}

TEST_CASE("the year or month that is chosen says so, and takes itself back", "[pages]") {
    FakeService service;
    put_hit(service);
    service.reply.facets = {{}, {}, {}, {}, {}, {{{"2022-04", 4}}, 0}};

    const auto body = get(service, "/search", {{"q", "a"}, {"from", "2022-03"}, {"to", "2022-03"}}).body;

    CHECK(
        contains(body, "href=\"/search?q=a\" aria-label=\"March 2022: 0 documents\" aria-current=\"true\""));
    CHECK(contains(body, "from=2022-04&amp;to=2022-04\" aria-label=\"April 2022: 4 documents\">"));
}

TEST_CASE("any span of years fits into twelve bars", "[pages]") {
    for (const auto& [first, last] : std::vector<std::pair<const char*, const char*>>{
             {"2000", "2011"}, {"2000", "2012"}, {"1987", "2026"}, {"0001", "9999"}, {"0000", "0000"}}) {
        FakeService service;
        put_hit(service);
        service.reply.facets = {{}, {}, {}, {}, {}, {{{first, 1}, {last, 2}}, 0}};
        INFO(first << " to " << last);
        const auto bars = count(get(service, "/search").body, "class=\"year\"");
        CHECK(bars >= 1);
        CHECK(bars <= 12);
    }
}

TEST_CASE("what was widened, meant and not understood is said, with a way back", "[pages]") {
    FakeService service;
    put_hit(service);
    service.reply.suggestion = "market";
    service.reply.warnings = {{"unclosed_quote", "a", "a quote <was> not closed"}};
    service.reply.expansions = {{"markte", {"market"}, "typo"},
                                {"urumqi", {"Урумчи", "乌鲁木齐"}, "alias:x"}};

    const auto body = get(service, "/search", {{"q", "markte"}}).body;

    CHECK(contains(body, "Did you mean <a href=\"/search?q=market\">market</a>?"));
    CHECK(contains(body, "a quote &lt;was&gt; not closed"));
    CHECK(contains(body, "markte was read as market."));
    CHECK(contains(body, "Also searched: Урумчи, 乌鲁木齐."));
    CHECK(contains(body, "href=\"/search?q=markte&amp;typo=off&amp;variants=off\""));
}

TEST_CASE("a long query does not make a page out of bounds", "[pages]") {
    FakeService service;
    put_hit(service);
    index::FacetCounts many;
    for (std::size_t i = 0; i < index::FacetCounts::most_values; ++i)
        many.values.push_back({"value " + std::to_string(i), 1});
    service.reply.facets.assign(6, many);
    service.reply.facets.back() = {{{"2020", 1}}, 0};

    const auto body = get(service, "/search", {{"q", std::string(8000, 'q')}}).body;

    CHECK(count(body, "class=\"n\"") == 5 * 24);
    CHECK(contains(body, "76 under other values"));
    CHECK(body.size() < 2'000'000);
}

TEST_CASE("a query or a value that reads like a switch is none", "[pages]") {
    FakeService service;
    put_hit(service);

    const auto answer = get(service, "/search", {{"q", "off"}, {"source", "off"}, {"variants", "off"}});

    CHECK(answer.status == 200);
    CHECK(contains(answer.body, "Off: Other spellings of names"));
    CHECK(count(answer.body, "class=\"chip\"") == 2);
}

TEST_CASE("where nothing is found the page says what to try", "[pages]") {
    const FakeService service;

    const auto body = get(service, "/search", {{"q", "zz"}, {"lang", "kk"}}).body;

    CHECK(contains(body, "Nothing found for “zz”"));
    CHECK(contains(body, "<a href=\"/search?q=zz\">Search without filters</a>"));
}

TEST_CASE("what cannot be asked is a page with the status of the API", "[pages]") {
    FakeService service;
    const auto refused = get(service, "/search", {{"lnag", "kk"}});
    CHECK(refused.status == 400);
    CHECK(refused.type == "text/html; charset=utf-8");
    CHECK(contains(refused.body, "did you mean &#39;lang&#39;?"));
    CHECK_FALSE(header(refused, "X-Request-Id").empty());

    service.error = izde::Error{Errc::index_missing, "no index in /srv/secret", "build one"};
    const auto missing = get(service, "/search", {{"q", "a"}});
    CHECK(missing.status == 503);
    CHECK(header(missing, "Retry-After") == "5");
    CHECK(contains(missing.body, "There is no index yet"));
    CHECK_FALSE(contains(missing.body, "/srv/secret"));

    service.error.reset();
    CHECK(get(service, "/doc/0000000000000000").status == 404);
    CHECK(get(service, "/doc/0000000000000000", {{"x", "y"}}).status == 400);
    CHECK(http::handle(service, assets, {.method = "POST", .path = "/search"}).status == 405);
}

TEST_CASE("a document page has its text in paragraphs, what is known of it, and where from", "[pages]") {
    FakeService service;
    put_document(service);
    service.shown.document.similar = 1;
    index::Document other;
    other.id = "ffffffffffffffff";
    other.title = "Market again";
    service.alike.documents = {other};
    service.alike.total = 3;

    const auto answer = get(service, "/doc/a1b2c3d4e5f60718", {{"q", "two"}});

    CHECK(answer.status == 200);
    CHECK(service.last_query() == "two");
    for (const auto* part :
         {"<p>one <mark>two</mark></p><p><mark>th</mark>ree</p><p>four</p>", "<mark>Market</mark>",
          "<summary>Set aside from the text</summary>", "Share this", "25 January 2022",
          "<small>from the dateline</small>", "<small>from the byline</small>",
          "href=\"https://example.org/a?b=1&amp;c=2\"",
          "A. Omar. Market. 25 January 2022. https://example.org/a?b=1&amp;c=2", "Market again", "and 2 more",
          "href=\"/search?q=two\"", "src=\"/document.js\""}) {
        INFO(part);
        CHECK(contains(answer.body, part));
    }
}

TEST_CASE("an id of any bytes is looked for as it is, and one with a slash is none", "[pages]") {
    FakeService service;
    put_document(service);
    for (const auto& id : std::vector<std::string>{std::string("\0", 1), "a1b2c3d4e5f60718 ", "..",
                                                   "\xFF\xFE", "{id}", "\r\nX: y", std::string(7000, 'a')}) {
        CAPTURE(id.substr(0, 20));
        CHECK(get(service, "/doc/" + id).status == 404);
        CHECK(service.last_id() == id);
        CHECK(get(service, "/api/v1/documents/" + id + "/similar").status == 404);
        CHECK(service.last_id() == id);
    }
    const auto before = service.last_id();
    for (const auto* path :
         {"/doc/", "/doc", "/doc//", "/doc/a/b", "/doc/../search", "/doc/a1b2c3d4e5f60718/",
          "//doc/a1b2c3d4e5f60718", "/search/", "/Search", "/api/v1/documents//similar"}) {
        CAPTURE(path);
        CHECK(get(service, path).status == 404);
        CHECK(service.last_id() == before);
    }
}

TEST_CASE("only http and https addresses become links", "[pages]") {
    CHECK(http::is_web_address("http://example.org"));
    CHECK(http::is_web_address("HTTPS://example.org/a b") == false);
    CHECK(http::is_web_address("HTTPS://example.org/a"));
    for (const auto* url : {"javascript:alert(1)", "java\tscript:alert(1)", " https://a", "\x01https://a",
                            "data:text/html,x", "//example.org", "https:/x", "http://", "", "ftp://a"}) {
        INFO(url);
        CHECK_FALSE(http::is_web_address(url));
        FakeService service;
        put_document(service);
        service.shown.document.url = url;
        const auto body = get(service, "/doc/a1b2c3d4e5f60718").body;
        CHECK(count(body, "rel=\"noopener noreferrer\"") == 0);
    }
}

TEST_CASE("no text of a document or a query ends the element or the attribute it stands in", "[pages]") {
    const std::string evil = "\"'><script>window.__x=1</script><img src=x onerror=window.__x=1>";
    FakeService service;
    put_document(service);
    auto& document = service.shown.document;
    document.title = document.path = document.author = document.place = document.source = evil;
    document.record = document.lang = document.format = document.encoding = document.url = evil;
    document.date = {evil, index::Precision::day, evil, evil};
    document.title_source = document.author_source = evil;
    document.boilerplate = {{evil, 0}};
    document.similar = 1;
    service.shown.title = {evil, {{0, 5}}};
    service.shown.body = {evil, {{0, 5}}};
    service.alike.documents = {document};
    service.reply.hits = {{document, 1, {evil, {{0, 5}}}, {evil, {{0, 5}}}}};
    service.reply.total = 99;
    service.reply.suggestion = evil;
    service.reply.warnings = {{"bad_date", evil, evil}};
    service.reply.expansions = {{evil, {evil}, "typo"}, {evil, {evil}, evil}};
    service.reply.index.built_at = evil;
    service.reply.facets.assign(6, {{{evil, 2}, {"2020", 1}}, 3});
    service.reply.facets.back() = {{{"2020", 1}}, 0};

    for (const auto& body :
         {get(service, "/doc/a1b2c3d4e5f60718", {{"q", evil}}).body,
          get(service, "/search", {{"q", evil}, {"source", evil}, {"author", evil}, {"hl", evil}}).body,
          get(service, "/search", {{evil, evil}}).body,
          get(service, "/", {{"q", evil}, {evil, evil}}).body}) {
        CHECK_FALSE(contains(body, "<script>"));
        CHECK_FALSE(contains(body, "<img"));
        CHECK_FALSE(contains(body, "\"'"));
    }
}

TEST_CASE("a page is in the language of its address, else of the cookie, else of the browser", "[pages]") {
    const auto tongue = [](Params params, decltype(Message::headers) headers) {
        return std::string(
            Words::of({.method = "GET", .params = std::move(params), .headers = std::move(headers)})
                .tongue());
    };
    CHECK(tongue({}, {}) == "en");
    CHECK(tongue({}, {{"accept-language", "de-DE, kk-KZ;q=0.9, ru;q=0.8"}}) == "kk");
    CHECK(tongue({}, {{"accept-language", "zhx, xx, kkk"}}) == "en");
    CHECK(tongue({}, {{"accept-language", "ru"}, {"cookie", "a=b; lang=zh"}}) == "zh");
    CHECK(tongue({}, {{"accept-language", "ru"}, {"cookie", "lang=xx"}}) == "ru");
    CHECK(tongue({{"hl", "kk"}}, {{"cookie", "lang=zh"}}) == "kk");
    CHECK(tongue({{"hl", "<b>"}}, {{"cookie", "lang=zh"}}) == "zh");

    FakeService service;
    put_hit(service);
    const auto answer = get(service, "/search", {{"q", "a"}, {"hl", "ru"}});
    CHECK(contains(answer.body, "<html lang=\"ru\">"));
    CHECK(contains(answer.body, "январь 2022\u00a0г."));
    CHECK(header(answer, "Set-Cookie") == "lang=ru; Path=/; Max-Age=31536000; SameSite=Lax");
    CHECK(header(answer, "Vary") == "Accept-Language, Cookie");
    CHECK(header(get(service, "/search"), "Set-Cookie").empty());
}

TEST_CASE("numbers take the plural form and the separators of the language", "[pages]") {
    const auto words = [](const char* tongue) { return Words::of({.params = {{"hl", tongue}}}); };
    CHECK(words("en").count("results", 1) == "1 result");
    CHECK(words("en").count("results", 1234567) == "1,234,567 results");
    for (const auto& [n, text] : std::vector<std::pair<int, std::string>>{{0, "0 результатов"},
                                                                          {1, "1 результат"},
                                                                          {2, "2 результата"},
                                                                          {5, "5 результатов"},
                                                                          {11, "11 результатов"},
                                                                          {12, "12 результатов"},
                                                                          {21, "21 результат"},
                                                                          {104, "104 результата"},
                                                                          {112, "112 результатов"}})
        CHECK(words("ru").count("results", static_cast<std::uint64_t>(n)) == text);
    CHECK(words("kk").count("results", 1) == "1 нәтиже");
    CHECK(words("zh").count("results", 2) == "2 条结果");
}

TEST_CASE("a date is written as precisely as it is known", "[pages]") {
    const auto written = [](const char* tongue, const char* value) {
        return Words::of({.params = {{"hl", tongue}}}).date(value);
    };
    CHECK(written("en", "2022-01-05") == "5 January 2022");
    CHECK(written("en", "2022-01") == "January 2022");
    CHECK(written("en", "2022") == "2022");
    CHECK(written("ru", "2022-01-25") == "25 января 2022\u00a0г.");
    CHECK(written("kk", "2022-01-25") == "2022 жылғы 25 қаңтар");
    CHECK(written("zh", "2022-01-25") == "2022年1月25日");
    for (const auto* odd : {"", "x", "2022-13", "2022-99-99", "-5"}) CHECK(written("en", odd) == odd);
}

TEST_CASE("the start page sends a reader without JavaScript on to the results", "[pages]") {
    const FakeService service;
    const auto answer = get(service, "/", {{"q", "a\" b"}, {"lang", "kk"}});
    CHECK(contains(answer.body, "<noscript><meta http-equiv=\"refresh\" content=\"0; "
                                "url=/search?q=a%22%20b&amp;lang=kk\"></noscript></head>"));
    CHECK_FALSE(contains(get(service, "/").body, "noscript"));
    CHECK(header(get(service, "/"), "ETag") == "\"1\"");
}

TEST_CASE("a form that was decoded is encoded again to the same", "[pages]") {
    const Params params{{"q", "a+b &=%\"<>"}, {"lang", "қазақ"}, {"", ""}, {"x", std::string("\0\xff", 2)}};
    CHECK(http::decode_form(http::encode_form(params)) == params);
    CHECK(http::encode_form({{"q", "a b"}, {"c", "/"}}) == "q=a%20b&c=%2F");
}
