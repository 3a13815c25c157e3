#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "izde/text/utf8.hpp"

#include "http/marked.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"
#include "support/fake_service.hpp"

using namespace std::string_literals;
using Json = nlohmann::ordered_json;
using izde::Errc;
using izde::http::Answer;
using izde::http::Message;
using izde::tests::FakeService;
namespace search = izde::search;

namespace {

Answer ask(const FakeService& service, const Message& message) {
    return izde::http::handle(service, izde::http::Assets(), message);
}

Answer get(const FakeService& service, const std::string& path, decltype(Message::params) params = {}) {
    return ask(service, {.method = "GET", .path = path, .params = std::move(params)});
}

Answer post(const FakeService& service, const std::string& body,
            const std::string& type = "application/json") {
    return ask(
        service,
        {.method = "POST", .path = "/api/v1/search", .headers = {{"content-type", type}}, .body = body});
}

std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return "";
}

std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
}

search::Hit some_hit() {
    search::Hit hit;
    hit.document.id = "a1b2c3d4e5f60718";
    hit.document.path = "clips/market.txt";
    hit.document.lang = "kk";
    hit.document.format = "txt";
    hit.score = 12.34567;
    hit.title = {"Базар & баға", {{0, 10}}};
    hit.snippet = {"one two", {{4, 7}}};
    return hit;
}

// The problem in an answer that must be one.
Json problem(const Answer& answer, int status, const std::string& code) {
    CHECK(answer.status == status);
    CHECK(answer.type == "application/problem+json");
    auto body = Json::parse(answer.body);
    CHECK(keys(body) == std::vector<std::string>{"type", "title", "status", "detail", "code", "param", "hint",
                                                 "request_id"});
    CHECK(body["status"] == status);
    CHECK(body["code"] == code);
    CHECK(body["type"] == "urn:izde:problem:" + code);
    CHECK(body["request_id"] == header(answer, "X-Request-Id"));
    CHECK_FALSE(body["detail"].get<std::string>().empty());
    return body;
}

}  // namespace

TEST_CASE("an answer to a search has the fields of the interface in their order", "[http]") {
    FakeService service;
    service.reply.hits = {some_hit()};
    service.reply.index = {"0000000007-20261122T031500Z", "2026-11-22T03:15:00Z", 5};
    service.reply.parsed = "market";
    service.reply.expansions = {{"market", {"базар", "巴扎"}, "alias:term/market"}};
    service.reply.warnings = {{"unclosed_quote", "a", "a quote was not closed"}};
    service.reply.total = 21;
    service.reply.took_ms = 1.8613;

    const auto answer = get(service, "/api/v1/search", {{"q", "market"}});

    CHECK(answer.status == 200);
    CHECK(answer.type == "application/json; charset=utf-8");
    CHECK(Json::parse(answer.body).dump(1) == Json::parse(R"({
        "query": {"text": "market", "parsed": "market",
                  "expansions": [{"term": "market", "also": ["базар", "巴扎"], "why": "alias:term/market"}],
                  "suggestion": null,
                  "warnings": ["a quote was not closed"],
                  "warning_codes": [{"code": "unclosed_quote", "about": "a"}]},
        "total": 21, "total_exact": true, "page": 1, "per_page": 10, "pages": 3, "took_ms": 1.9, "timed_out": false,
        "index": {"generation": "0000000007-20261122T031500Z", "built_at": "2026-11-22T03:15:00Z", "documents": 5},
        "hits": [{
            "id": "a1b2c3d4e5f60718", "url": null, "path": "clips/market.txt", "record": null, "score": 12.346,
            "title": {"text": "Базар & баға", "parts": [{"t": "Базар", "m": true}, {"t": " & баға"}],
                      "html": "<mark>Базар</mark> &amp; баға"},
            "snippet": {"html": "one <mark>two</mark>", "parts": [{"t": "one "}, {"t": "two", "m": true}]},
            "date": {"value": null, "precision": "none", "source": null},
            "lang": "kk", "format": "txt", "author": null, "place": null, "source": null, "similar": 0}],
        "facets": {}, "facets_other": {}})")
                                                  .dump(1));
}

TEST_CASE("what a query was perhaps meant to be is its suggestion", "[http]") {
    FakeService service;
    service.reply.suggestion = "market";

    const auto body = Json::parse(get(service, "/api/v1/search", {{"q", "markte"}}).body);

    CHECK(body["query"]["suggestion"] == "market");
}

TEST_CASE("suggestions are queries and titles, these with their document", "[http]") {
    FakeService service;
    service.suggestions.items = {{"urumqi trade", ""}, {"Role of Ürümqi", "a1b2c3d4e5f60718"}};

    const auto answer = get(service, "/api/v1/suggest", {{"q", "urumqi tr"}});

    CHECK(answer.status == 200);
    CHECK(service.last_query() == "urumqi tr");
    CHECK(answer.body == R"({"query":"urumqi tr","suggestions":[{"text":"urumqi trade","kind":"words"},)"
                         R"({"text":"Role of Ürümqi","kind":"title","id":"a1b2c3d4e5f60718"}]})");
    CHECK(Json::parse(get(service, "/api/v1/suggest", {{"q", "u"}, {"limit", "1"}}).body)["suggestions"]
              .size() == 1);
    CHECK(get(service, "/api/v1/suggest").status == 200);
}

TEST_CASE("suggestions refuse what they do not know", "[http]") {
    const FakeService service;

    CHECK(problem(get(service, "/api/v1/suggest", {{"limt", "5"}}), 400, "unknown_parameter")["hint"] ==
          "did you mean 'limit'?");
    problem(get(service, "/api/v1/suggest", {{"limit", "21"}}), 400, "bad_parameter");
    problem(get(service, "/api/v1/suggest", {{"limit", "0"}}), 400, "bad_parameter");
    problem(get(service, "/api/v1/suggest", {{"q", "a"}, {"q", "b"}}), 400, "repeated_parameter");
    problem(get(service, "/api/v1/suggest", {{"q", std::string(9000, 'a')}}), 400, "query_too_long");
    problem(ask(service, {.method = "POST", .path = "/api/v1/suggest"}), 405, "method_not_allowed");
}

TEST_CASE("a snippet that is not wanted is null", "[http]") {
    FakeService service;
    service.reply.hits = {some_hit()};

    const auto body = Json::parse(get(service, "/api/v1/search", {{"snippet", "0"}}).body);

    CHECK(body["hits"][0]["snippet"].is_null());
}

TEST_CASE("pages are as many as can be asked for", "[http]") {
    FakeService service;
    struct Row {
        std::uint64_t total;
        const char* per_page;
        int pages;
    };
    const auto row = GENERATE(values<Row>({{0, "10", 0},
                                           {1, "10", 1},
                                           {10, "10", 1},
                                           {11, "10", 2},
                                           {1'000'000, "10", 1000},
                                           {1'000'000, "30", 333}}));
    service.reply.total = row.total;

    CHECK(Json::parse(get(service, "/api/v1/search", {{"per_page", row.per_page}}).body)["pages"] ==
          row.pages);
}

TEST_CASE("whatever documents hold, answers are valid JSON and HTML with no tag but mark", "[http]") {
    const auto evil = GENERATE("<script>alert(1)</script>"s, "\"><img src=x onerror=alert(1)>"s,
                               "a\xff\xfe\xc3"s, "\xed\xa0\x80"s, "line\xe2\x80\xa8sep\xe2\x80\xa9"s,
                               "\0\x01\x1b[31m\x7f\r\n"s, "</mark>&lt;"s, "\\\"\\u0000"s, "'`{{}}${x}"s);
    auto hit = some_hit();
    auto& document = hit.document;
    for (auto* field :
         {&document.id, &document.path, &document.record, &document.url, &document.title_source,
          &document.lang, &document.format, &document.encoding, &document.author, &document.place,
          &document.source, &document.date.value, &document.date.source, &document.date.text}) {
        *field = evil;
    }
    document.boilerplate = {{evil, 0}};
    hit.title = {evil, {{0, 1}, {2, 3}}};
    hit.snippet = {evil + evil, {{1, evil.size()}}};
    FakeService service;
    service.reply.hits = {hit};
    service.reply.parsed = service.reply.index.generation = evil;
    service.reply.warnings = {{"bad_date", evil, evil}};
    service.shown = {.index = {}, .document = document, .title = hit.title, .body = hit.snippet};
    service.manifest.by_source[evil] = 1;
    service.state.last_error = evil;
    service.state.index.built_at = evil;

    for (const auto& answer :
         {get(service, "/api/v1/search", {{"q", evil}}), get(service, "/api/v1/documents/" + evil),
          get(service, "/api/v1/stats"), get(service, "/readyz"), get(service, "/" + evil),
          get(service, "/api/v1/search", {{evil, evil}}), get(service, "/api/v1/search", {{"sort", evil}})}) {
        CHECK(Json::accept(answer.body));
        CHECK(izde::text::is_valid_utf8(answer.body));
        for (const auto& [name, value] : answer.headers)
            CHECK(value.find_first_of("\r\n\0"s) == std::string::npos);
    }
    auto html =
        Json::parse(get(service, "/api/v1/search").body)["hits"][0]["title"]["html"].get<std::string>();
    for (const auto* tag : {"<mark>", "</mark>"}) {
        for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag))
            html.erase(at, std::string(tag).size());
    }
    CHECK(html.find_first_of("<>\"'") == std::string::npos);
}

TEST_CASE("the parts of a marked text make up the text again, also with marks that cannot be", "[http]") {
    using Marks = std::vector<izde::text::Span>;
    const std::string text = "abcdef";
    const auto marks = GENERATE(Marks{}, Marks{{0, 6}}, Marks{{0, 1}, {1, 2}}, Marks{{4, 100}}, Marks{{3, 2}},
                                Marks{{3, 5}, {0, 4}}, Marks{{100, 200}}, Marks{{2, 2}});

    std::string joined;
    const izde::search::Marked marked{text, marks};
    for (const auto& part : izde::http::parts(marked)) {
        CHECK_FALSE(part.text.empty());
        joined += part.text;
    }

    CHECK(joined == text);
    CHECK(izde::http::parts({"", {}}).empty());
}

TEST_CASE("a sign of HTML is escaped wherever it stands among others, and nothing else is", "[http]") {
    const std::map<char, std::string> entities = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (int byte = 0; byte < 256; ++byte) {
        const char sign = static_cast<char>(byte);
        const auto entity = entities.find(sign);
        const auto written = entity == entities.end() ? std::string(1, sign) : entity->second;
        for (std::size_t before = 0; before < 9; ++before)
            for (const char other : {'x', '\xff', '\0'}) {
                std::string html;
                izde::http::append_escaped(html, std::string(before, other) + sign +
                                                     std::string(9 - before, other) + sign);
                CHECK(html ==
                      std::string(before, other) + written + std::string(9 - before, other) + written);
            }
    }
}

TEST_CASE("POST asks the same as GET", "[http]") {
    FakeService service;

    CHECK(post(service, R"({"q": "сауда", "page": 2, "per_page": "5", "lang": ["kk", "ru"], "typo": false,
                            "variants": "on", "author": "A, B", "sort": null})")
              .status == 200);

    const auto request = service.last_request();
    CHECK(request.text == "сауда");
    CHECK(request.page == 2);
    CHECK(request.per_page == 5);
    CHECK(request.filters.at(izde::index::Facet::lang) == std::vector<std::string>{"kk", "ru"});
    CHECK(request.filters.at(izde::index::Facet::author) == std::vector<std::string>{"A, B"});
}

TEST_CASE("a POST that is no JSON object is refused", "[http]") {
    const FakeService service;

    for (const auto& body :
         {""s, "{"s, "[]"s, "null"s, "\"q\""s, "{\"q\": {}}"s, "{\"q\": [[1]]}"s, "{\"lang\": [null]}"s,
          "{\"q\": \"\\ud800\"}"s, std::string(60'000, '['), "{\"q\":1e999}"s}) {
        CAPTURE(body.substr(0, 40));
        problem(post(service, body), 400, "bad_body");
    }
    problem(post(service, R"({"page": 1.5})"), 400, "bad_parameter");
    problem(post(service, R"({"q": ["a", "b"]})"), 400, "repeated_parameter");
    CHECK(problem(post(service, R"({"perpage": 1})"), 400, "unknown_parameter")["hint"] ==
          "did you mean 'per_page'?");
    problem(post(service, "q=a", "application/x-www-form-urlencoded"), 415, "unsupported_media_type");
    problem(post(service, "{}", "application/jsonx"), 415, "unsupported_media_type");
    CHECK(post(service, "{}", "application/json; charset=utf-8").status == 200);
    CHECK(post(service, "{\"q\": \"\xff\"}").status == 200);
}

TEST_CASE("a stored document is shown whole, with the words of a query marked", "[http]") {
    FakeService service;
    auto& document = service.shown.document;
    document.id = "00000000000000aa";
    document.path = "a.txt";
    document.title_source = "heading";
    document.boilerplate = {{"Subscribe", 0}};
    document.author = "Assel Omar";
    document.author_source = "byline";
    document.group = "0123456789abcdef";
    document.similar = 2;
    document.date = {"2022-01", izde::index::Precision::month, "text", "January 2022"};
    document.lang = "en";
    document.format = "txt";
    document.encoding = "UTF-8";
    document.first_seen = 1'790'000'000;
    service.shown.title = {"Title", {}};
    service.shown.body = {"old town\n", {{0, 3}}};

    const auto answer = get(service, "/api/v1/documents/00000000000000aa", {{"q", "old"}});

    CHECK(service.last_query() == "old");
    CHECK(Json::parse(answer.body).dump(1) == Json::parse(R"({
        "index": {"generation": "", "built_at": "", "documents": 0},
        "id": "00000000000000aa", "path": "a.txt", "record": null, "url": null,
        "title": {"text": "Title", "parts": [{"t": "Title"}], "html": "Title"}, "title_source": "heading",
        "body": {"text": "old town\n", "parts": [{"t": "old", "m": true}, {"t": " town\n"}]},
        "boilerplate": ["Subscribe"],
        "date": {"value": "2022-01", "precision": "month", "source": "text", "text": "January 2022"},
        "lang": "en", "format": "txt", "encoding": "UTF-8", "author": "Assel Omar", "author_source": "byline",
        "place": null, "place_source": null, "source": null, "source_source": null,
        "group": "0123456789abcdef", "similar": 2, "first_seen": "2026-09-21T14:13:20Z"})")
                                                  .dump(1));
    problem(get(service, "/api/v1/documents/ffffffffffffffff"), 404, "not_found");
    problem(get(service, "/api/v1/documents/"), 404, "not_found");
    problem(get(service, "/api/v1/documents/a/similar"), 404, "not_found");
    problem(get(service, "/api/v1/documents/00000000000000aa", {{"query", "x"}}), 400, "unknown_parameter");
}

TEST_CASE("the near-duplicates of a document are listed as hits without a snippet", "[http]") {
    FakeService service;
    service.shown.document.id = "00000000000000aa";
    auto hit = some_hit().document;
    hit.title = "A & B";
    hit.date = {"2022", izde::index::Precision::year, "metadata", "2022"};
    service.alike = {{"g", "b", 3}, {hit}, 1};

    const auto answer = get(service, "/api/v1/documents/00000000000000aa/similar");

    CHECK(service.last_id() == "00000000000000aa");
    CHECK(answer.status == 200);
    CHECK(Json::parse(answer.body).dump(1) == Json::parse(R"({
        "index": {"generation": "g", "built_at": "b", "documents": 3}, "total": 1,
        "hits": [{"id": "a1b2c3d4e5f60718", "url": null, "path": "clips/market.txt", "record": null,
                  "title": {"text": "A & B", "parts": [{"t": "A & B"}], "html": "A &amp; B"},
                  "date": {"value": "2022", "precision": "year", "source": "metadata"},
                  "lang": "kk", "format": "txt", "author": null, "place": null, "source": null}]})")
                                                  .dump(1));
    problem(get(service, "/api/v1/documents/ffffffffffffffff/similar"), 404, "not_found");
    problem(get(service, "/api/v1/documents/00000000000000aa/similar/x"), 404, "not_found");
    problem(get(service, "/api/v1/documents/00000000000000aa/similar", {{"q", "x"}}), 400,
            "unknown_parameter");
    const Answer posted = ask(service, {.method = "POST", .path = "/api/v1/documents/a/similar"});
    problem(posted, 405, "method_not_allowed");
}

TEST_CASE("facets are lists in the order they were asked for, what they leave out is summed beside",
          "[http]") {
    FakeService service;
    service.reply.facets = {{{{"2023", 4}, {"2022", 1}}, 0}, {{{"Assel Omar", 2}}, 17}};

    const auto body = Json::parse(get(service, "/api/v1/search", {{"facets", "year,author"}}).body);

    CHECK(body["facets"].dump() == R"({"year":[{"value":"2023","count":4},{"value":"2022","count":1}],)"
                                   R"("author":[{"value":"Assel Omar","count":2}]})");
    CHECK(body["facets_other"].dump() == R"({"author":17})");
    CHECK(service.last_request().fold == izde::index::Fold::on);
    CHECK(post(service, R"({"facets": ["year", "lang"], "collapse": "off"})").status == 200);
    CHECK(service.last_request().facets.size() == 2);
    CHECK(service.last_request().fold == izde::index::Fold::off);
}

TEST_CASE("the figures of the index are one object", "[http]") {
    FakeService service;
    service.manifest.documents = 3;
    service.manifest.generation = "0000000001-20261122T031500Z";
    service.manifest.built_at = "2026-11-22T03:15:00Z";
    service.manifest.last_new = 1'790'000'000;
    service.manifest.fingerprint = "f";
    service.manifest.files = {{"a", 100, ""}, {"b", 23, ""}};
    service.manifest.by_lang = {{"en", 1}, {"kk", 2}};
    service.manifest.by_year = {{"", 3}};

    const auto answer = get(service, "/api/v1/stats");

    CHECK(
        answer.body ==
        R"({"documents":3,"generation":"0000000001-20261122T031500Z","built_at":"2026-11-22T03:15:00Z",)"
        R"("last_new_at":"2026-09-21T14:13:20Z","bytes":123,"by":{"lang":{"en":1,"kk":2},"format":{},"source":{},"year":{"":3}},"fingerprint":"f"})");
    problem(get(service, "/api/v1/stats", {{"a", "b"}}), 400, "unknown_parameter");
}

TEST_CASE("a missing index is said as unavailable, with what to do and when to ask again", "[http]") {
    FakeService service;
    service.error =
        izde::Error{Errc::index_missing, "there is no index in /srv/izde", "run: izde-indexer rebuild"};

    const auto answer = get(service, "/api/v1/search");

    const auto body = problem(answer, 503, "index_missing");
    CHECK(body["hint"] == "run: izde-indexer rebuild");
    CHECK_FALSE(header(answer, "Retry-After").empty());
    problem(get(service, "/api/v1/stats"), 503, "index_missing");
    CHECK(get(service, "/healthz").status == 200);
}

TEST_CASE("a bug tells clients nothing of the inside", "[http]") {
    FakeService service;
    service.error = izde::Error{Errc::internal, "assertion in secret.cpp", "secret"};

    const auto answer = get(service, "/api/v1/search");

    problem(answer, 500, "internal");
    CHECK(answer.body.find("secret") == std::string::npos);
}

TEST_CASE("readiness says what is served and how old it is", "[http]") {
    FakeService service;
    service.state.ready = true;
    service.state.index = {"g", "2001-02-03T04:05:06Z", 9};
    service.state.last_error = "newer one is broken";

    const auto ready = get(service, "/readyz");
    service.state = {};
    const auto unavailable = get(service, "/readyz");

    const auto body = Json::parse(ready.body);
    CHECK(ready.status == 200);
    CHECK(body["status"] == "ready");
    CHECK(body["documents"] == 9);
    CHECK(body["age_seconds"] > 700'000'000);
    CHECK(body["last_error"] == "newer one is broken");
    CHECK(unavailable.status == 503);
    CHECK_FALSE(header(unavailable, "Retry-After").empty());
    CHECK(unavailable.body ==
          R"({"status":"unavailable","generation":null,"built_at":null,"age_seconds":null,)"
          R"("documents":0,"last_error":null,"last_error_since":null})");
}

TEST_CASE("an unknown address or method is refused with a way out", "[http]") {
    const FakeService service;

    CHECK(problem(get(service, "/api/v1/serch"), 404, "not_found")["hint"] == "did you mean /api/v1/search?");
    problem(get(service, "/api/v1/search/"), 404, "not_found");
    const auto wrong = ask(service, {.method = "DELETE", .path = "/api/v1/search"});
    problem(wrong, 405, "method_not_allowed");
    CHECK(header(wrong, "Allow") == "GET, HEAD, POST");
    CHECK(header(ask(service, {.method = "POST", .path = "/healthz"}), "Allow") == "GET, HEAD");
    CHECK(ask(service, {.method = "GET,", .path = "/healthz"}).status == 405);
    CHECK(ask(service, {.method = "", .path = "/healthz"}).status == 405);
}

TEST_CASE("every answer of the interface forbids what browsers might do with it", "[http]") {
    const FakeService service;

    for (const auto& answer : {get(service, "/api/v1/search"), get(service, "/healthz"),
                               get(service, "/none"), get(service, "/api/v1/search", {{"x", "y"}})}) {
        CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
        CHECK(header(answer, "Referrer-Policy") == "no-referrer");
        CHECK(header(answer, "Cross-Origin-Resource-Policy") == "same-origin");
        CHECK(header(answer, "X-Frame-Options") == "DENY");
        CHECK(header(answer, "Cache-Control") == "no-store");
        CHECK(header(answer, "Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    }
}

TEST_CASE("an explanation has the fields of the interface in their order", "[http]") {
    FakeService service;
    auto& explanation = service.explanation;
    explanation.index = {"0000000007-20261122T031500Z", "2026-11-22T03:15:00Z", 5};
    explanation.document.id = "00000000000000aa";
    explanation.document.path = "a.txt";
    explanation.document.title = "Мост";
    explanation.parsed = "мосты lang:kk";
    explanation.total = 7;
    explanation.summary = "It is left out by lang:kk, since the document has “ru”.";
    search::Asked asked;
    asked.text = "мосты";
    asked.tokens = {"мосты"};
    asked.folded = "мосты";
    asked.stems = {{"ru", "мост"}};
    asked.sought = {{"stem", {"мост"}}};
    asked.found = {{"мост", "stem", "title", 1}};
    asked.passes = true;
    explanation.words = {asked};
    explanation.filters = {{"lang", "kk", "ru", false}};

    const auto answer = get(service, "/api/v1/explain", {{"q", "мосты lang:kk"}, {"id", "00000000000000aa"}});

    CHECK(answer.status == 200);
    CHECK(service.last_request().text == "мосты lang:kk");
    CHECK(Json::parse(answer.body).dump(1) == Json::parse(R"({
        "query": {"text": "мосты lang:kk", "parsed": "мосты lang:kk", "warnings": [], "warning_codes": []},
        "index": {"generation": "0000000007-20261122T031500Z", "built_at": "2026-11-22T03:15:00Z", "documents": 5},
        "id": "00000000000000aa", "path": "a.txt", "title": "Мост",
        "summary": "It is left out by lang:kk, since the document has “ru”.",
        "matches": false, "all_of_it": false, "score": null, "rank": null, "shown_as": null, "total": 7,
        "words": [{"text": "мосты", "tokens": ["мосты"], "folded": "мосты", "stems": {"ru": "мост"}, "stop": false,
                   "excluded": false, "looked_for": [{"tier": "stem", "forms": ["мост"]}],
                   "found": [{"form": "мост", "tier": "stem", "where": "title", "times": 1}],
                   "passes": true, "failed_at": null}],
        "filters": [{"name": "lang", "wanted": "kk", "has": "ru", "passes": false}]})")
                                                  .dump(1));
}

TEST_CASE("an explanation of an unknown document, or without one, is refused", "[http]") {
    const FakeService service;
    problem(get(service, "/api/v1/explain", {{"q", "a"}, {"id", "ffffffffffffffff"}}), 404, "not_found");
    problem(get(service, "/api/v1/explain", {{"q", "a"}}), 400, "missing_parameter");
    problem(get(service, "/api/v1/explain", {{"id", "1"}, {"page", "0"}}), 400, "bad_parameter");
    CHECK(ask(service, {.method = "POST", .path = "/api/v1/explain"}).status == 405);
}
