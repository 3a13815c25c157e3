// Requests as they come in, answers as they go out: ETags, headers, log and figures together.
#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "http/etag.hpp"
#include "http/headers.hpp"
#include "http/params.hpp"
#include "http/site.hpp"
#include "support/fake_service.hpp"

using namespace izde;
using namespace izde::http;
using namespace std::string_literals;
using izde::tests::FakeService;
using nlohmann::json;

namespace {

// A site over a fake service, with a log that a test reads.
class Tested {
  public:
    explicit Tested(Access access = {}, RateLimit rate = {})
        : page_(Assets{{"/", {"text/html; charset=utf-8", "<p>", "1"}}}), access_(std::move(access)) {
        REQUIRE(pipe2(log_, O_CLOEXEC | O_NONBLOCK) == 0);
        journal_ = std::make_unique<Journal>(log_[1], LogSettings{});
        site_ = std::make_unique<Site>(service, page_, metrics, *journal_);
        site_->use(access_, rate, "a");
        service.state.ready = true;
        service.state.index = {"g1", "2026-11-22T03:15:00Z", 5};
        service.reply.index = service.suggestions.index = service.shown.index = service.alike.index =
            service.state.index;
        service.manifest.generation = "g1";
        service.reply.total = 7;
        service.shown.document.id = "00000000000000aa";
    }
    Tested(const Tested&) = delete;
    Tested& operator=(const Tested&) = delete;
    ~Tested() {
        close(log_[0]);
        close(log_[1]);
    }

    Answer ask(Message message) const {
        message.headers.try_emplace("host", "localhost");
        return site_->answer(message);
    }
    Answer get(const std::string& path, Params params = {},
               std::map<std::string, std::string> headers = {}) const {
        return ask({.method = "GET",
                    .path = path,
                    .params = std::move(params),
                    .headers = std::move(headers),
                    .address = "127.0.0.1"});
    }
    void set(const std::string& settings) const { site_->use(access_, {}, settings); }
    void note_refusal(const Answer& answer) const { site_->note_refusal(answer); }
    std::string log() const {
        std::string text(1 << 20, '\0');
        const auto got = read(log_[0], text.data(), text.size());
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }

    FakeService service;
    izde::http::Load load;
    Metrics metrics{load};

  private:
    Page page_;
    Access access_;
    int log_[2] = {};
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<Site> site_;
};

std::string header(const Answer& answer, const std::string& name) {
    return std::string(header_of(answer, name));
}

std::string problem_code(const Answer& answer) {
    CHECK(answer.type == "application/problem+json");
    const auto body = json::parse(answer.body);
    CHECK(body["status"] == answer.status);
    CHECK(body["request_id"] == header(answer, "X-Request-Id"));
    return body["code"];
}

const std::array kept_routes = {"/api/v1/search",
                                "/api/v1/documents/00000000000000aa",
                                "/api/v1/documents/00000000000000aa/similar",
                                "/api/v1/suggest",
                                "/api/v1/stats",
                                "/feed.atom",
                                "/export.csv",
                                "/export.jsonl"};

}  // namespace

TEST_CASE("what a client has already is not searched for again", "[http][site]") {
    const Tested site;
    for (const auto* path : kept_routes) {
        CAPTURE(path);
        const auto first = site.get(path);
        const auto etag = header(first, "ETag");
        REQUIRE(first.status == 200);
        CHECK(etag.starts_with("W/\""));
        CHECK(header(first, "Cache-Control") == "private, no-cache");
        for (const auto& known : {etag, etag.substr(2), "\"x\", " + etag, "*"s, " " + etag + " ,\"y\""}) {
            const auto again = site.get(path, {}, {{"if-none-match", known}});
            CHECK(again.status == 304);
            CHECK(again.body.empty());
            CHECK(header(again, "ETag") == etag);
            CHECK(header(again, "Cache-Control") == "private, no-cache");
        }
        CHECK(site.get(path, {}, {{"if-none-match", "W/\"" + etag.substr(4)}}).status == 200);
        CHECK(site.get(path, {}, {{"if-none-match", etag.substr(0, 20)}}).status == 200);
    }
}

TEST_CASE("a 304 asks the index nothing", "[http][site]") {
    Tested site;
    const auto etag = header(site.get("/api/v1/search", {{"q", "a"}}), "ETag");
    site.service.meanwhile = [] { FAIL("it was searched"); };

    CHECK(site.get("/api/v1/search", {{"q", "a"}}, {{"if-none-match", etag}}).status == 304);
}

TEST_CASE("an ETag is another one as soon as anything is that the answer depends on", "[http][site]") {
    Tested site;
    std::set<std::string> seen;
    const auto etag = [&](const std::string& path, Params params = {}) {
        return header(site.get(path, std::move(params)), "ETag");
    };
    for (const auto* path : kept_routes) seen.insert(etag(path));
    for (const auto& params : std::vector<Params>{{{"q", "a"}},
                                                  {{"q", "b"}},
                                                  {{"q", "a"}, {"page", "2"}},
                                                  {{"q", "a"}, {"lang", "kk"}},
                                                  {{"q", "a"}, {"source", "kk"}},
                                                  {{"q", "a"}, {"lang", "kk"}, {"lang", "ru"}},
                                                  {{"q", "alang"}},
                                                  {{"q", "a"}, {"typo", "off"}}})
        seen.insert(etag("/api/v1/search", params));
    const auto before = seen.size();
    CHECK(before == kept_routes.size() + 8);

    CHECK(etag("/api/v1/search", {{"lang", ""}, {"q", "a"}, {"page", ""}}) ==
          etag("/api/v1/search", {{"q", "a"}}));
    CHECK(etag("/api/v1/search", {{"lang", "kk"}, {"q", "a"}}) ==
          etag("/api/v1/search", {{"q", "a"}, {"lang", "kk"}}));
    site.set("b");
    CHECK(seen.insert(etag("/api/v1/search")).second);
    site.service.state.index.generation = site.service.reply.index.generation = "g2";
    CHECK(seen.insert(etag("/api/v1/search")).second);
}

TEST_CASE("an answer of a generation that went live meanwhile has that one's name", "[http][site]") {
    Tested site;
    const auto old = header(site.get("/api/v1/search"), "ETag");
    site.service.reply.index.generation = "g2";
    const auto fresh = header(site.get("/api/v1/search"), "ETag");
    CHECK(fresh != old);
    site.service.state.index.generation = "g2";
    CHECK(site.get("/api/v1/search", {}, {{"if-none-match", fresh}}).status == 304);
    CHECK(site.get("/api/v1/search", {}, {{"if-none-match", old}}).status == 200);
}

TEST_CASE("what was cut short, refused or posted is not kept", "[http][site]") {
    Tested site;
    site.service.reply.timed_out = true;
    CHECK(header(site.get("/api/v1/search"), "ETag").empty());
    CHECK(header(site.get("/api/v1/search"), "Cache-Control") == "no-store");
    site.service.reply.timed_out = false;
    CHECK(header(site.get("/api/v1/search", {{"x", "y"}}), "ETag").empty());
    CHECK(site.get("/api/v1/search", {{"x", "y"}}, {{"if-none-match", "*"}}).status == 400);
    const auto posted = site.ask({.method = "POST",
                                  .path = "/api/v1/search",
                                  .headers = {{"content-type", "application/json"}, {"if-none-match", "*"}},
                                  .body = "{}"});
    CHECK(posted.status == 200);
    CHECK(header(posted, "ETag").empty());
}

TEST_CASE("every answer of every status has the headers that keep browsers safe", "[http][site]") {
    Access access;
    access.names.beyond = true;
    access.keys = {Key{}};
    access.is_public = true;
    Tested open, keyed(access), busy(Access{}, {.per_second = 1, .burst = 1}), broken, away;
    broken.service.meanwhile = [] { throw std::runtime_error("secret"); };
    away.service.error = Error{Errc::index_missing, "there is no index in /srv/izde", ""};
    const auto etag = header(open.get("/api/v1/search"), "ETag");
    busy.get("/api/v1/search");
    const std::vector<std::pair<int, Answer>> answers = {
        {200, open.get("/api/v1/search")},
        {200, open.get("/healthz")},
        {200, open.get("/")},
        {200, open.get("/feed.atom")},
        {200, open.get("/export.csv")},
        {200, open.get("/opensearch.xml")},
        {200, open.get("/openapi.json")},
        {200, open.get("/metrics")},
        {304, open.get("/api/v1/search", {}, {{"if-none-match", etag}})},
        {304, open.get("/", {}, {{"if-none-match", "\"1\""}})},
        {400, open.get("/api/v1/search", {{"x", "y"}})},
        {400, open.get("/", {}, {{"host", "a b"}})},
        {401, keyed.get("/metrics")},
        {403, open.get("/", {}, {{"host", "evil.example"}})},
        {403, open.get("/api/v1/search", {}, {{"sec-fetch-site", "cross-site"}})},
        {404, open.get("/none")},
        {405, open.ask({.method = "DELETE", .path = "/"})},
        {413, to_answer({.status = 413, .code = "too_large", .detail = "x"})},
        {414, to_answer({.status = 414, .code = "uri_too_long", .detail = "x"})},
        {415, open.ask({.method = "POST", .path = "/api/v1/search", .body = "{}"})},
        {429, busy.get("/api/v1/search")},
        {431, to_answer({.status = 431, .code = "head_too_large", .detail = "x"})},
        {500, broken.get("/api/v1/search")},
        {503, away.get("/api/v1/search")},
    };
    for (const auto& [status, answer] : answers) {
        CAPTURE(status, answer.type, answer.body.substr(0, 100));
        CHECK(answer.status == status);
        CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
        CHECK(header(answer, "Referrer-Policy") == "no-referrer");
        CHECK(header(answer, "Cross-Origin-Resource-Policy") == "same-origin");
        CHECK(header(answer, "Cross-Origin-Opener-Policy") == "same-origin");
        CHECK(header(answer, "X-Frame-Options") == "DENY");
        CHECK(header(answer, "Permissions-Policy").find("camera=()") != std::string::npos);
        CHECK(header(answer, "Content-Security-Policy").starts_with("default-src 'none'; "));
        CHECK(header(answer, "Content-Security-Policy").find("frame-ancestors 'none'") != std::string::npos);
        CHECK_FALSE(header(answer, "Cache-Control").empty());
        CHECK_FALSE(header(answer, "X-Request-Id").empty());
        CHECK(header(answer, "Server").empty());
        CHECK(header(answer, "Access-Control-Allow-Origin").empty());
        CHECK(answer.body.find("secret") == std::string::npos);
        std::set<std::string> names;
        for (const auto& [name, value] : answer.headers) CHECK(names.insert(name).second);
        if (status >= 400) CHECK_FALSE(problem_code(answer).empty());
    }
    const auto page_policy = header(open.get("/"), "Content-Security-Policy");
    for (const auto* rule : {"script-src 'self'", "form-action 'self'", "base-uri 'none'",
                             "require-trusted-types-for 'script'", "trusted-types 'none'"})
        CHECK(page_policy.find(rule) != std::string::npos);
    CHECK(page_policy.find("unsafe") == std::string::npos);
    CHECK(header(keyed.get("/metrics"), "WWW-Authenticate") == "Bearer realm=\"izde\"");
    CHECK(header(busy.get("/api/v1/search"), "Retry-After") == "1");
}

TEST_CASE("a rate that is for others leaves this machine alone", "[http][site]") {
    const Tested mild(Access{}, {.per_second = 1, .burst = 1, .for_local = false});
    const Tested strict(Access{}, {.per_second = 1, .burst = 1, .for_local = true});
    const auto again = [](const Tested& site, const std::string& address, const std::string& path) {
        site.ask({.method = "GET", .path = path, .address = address});
        return site.ask({.method = "GET", .path = path, .address = address}).status;
    };
    CHECK(again(mild, "127.0.0.1", "/api/v1/search") == 200);
    CHECK(again(mild, "192.0.2.7", "/api/v1/search") == 429);
    CHECK(again(strict, "127.0.0.1", "/api/v1/search") == 429);
    CHECK(again(strict, "127.0.0.1", "/healthz") == 200);
    CHECK(again(strict, "127.0.0.1", "/") == 200);
}

TEST_CASE("a bug has its reason in the log under the id that the client was given, and nowhere else",
          "[http][site]") {
    Tested site;
    site.service.meanwhile = [] { throw std::runtime_error("secret reason"); };

    const auto answer = site.get("/api/v1/search");

    CHECK(problem_code(answer) == "internal");
    const auto line = json::parse(site.log());
    CHECK(line["error"] == "secret reason");
    CHECK(line["id"] == header(answer, "X-Request-Id"));
    CHECK(line["status"] == 500);
}

TEST_CASE("others than the machine itself read no paths of the server", "[http][site]") {
    Access access;
    access.names.beyond = true;
    access.is_public = true;
    Tested site(access);
    site.service.error = Error{Errc::index_missing, "there is no index in /srv/izde", "run: izde-indexer"};
    site.service.state.last_error = "/srv/izde/x is missing";
    const auto ask = [&](const std::string& path, const std::string& address) {
        return site.ask({.method = "GET", .path = path, .address = address}).body;
    };
    for (const auto* path : {"/api/v1/search", "/readyz", "/api/v1/stats", "/feed.atom"}) {
        CAPTURE(path);
        CHECK(ask(path, "127.0.0.1").find("/srv/izde") != std::string::npos);
        CHECK(ask(path, "192.0.2.7").find("/srv") == std::string::npos);
    }
}

TEST_CASE("the log has a line for each request and forges none", "[http][site]") {
    const Tested site;
    const std::vector<std::string> evil = {"a\r\n{\"status\":200}", "\x1b[2J", "\0x"s, "a\xff",
                                           std::string(8192, 'x'),  "%0d%0a"};
    int asked = 0;
    for (const auto& text : evil) {
        for (const auto& request : std::vector<Message>{
                 {.method = "GET", .path = "/api/v1/search", .params = {{"q", text}}},
                 {.method = "GET", .path = "/" + text},
                 {.method = text, .path = "/api/v1/search"},
                 {.method = "GET",
                 .path = "/api/v1/search",
                 .headers = {{"user-agent", text}, {"x-forwarded-for", text}}},
                 {.method = "GET", .path = "/", .headers = {{"host", text}}},
                 {.method = "GET",
                 .path = "/api/v1/search",
                 .headers = {{"authorization", "Bearer " + text}}},
                 {.method = "GET", .path = "/api/v1/documents/" + text},
                 {.method = "GET", .path = "/api/v1/search", .params = {{text, text}}, .address = text}}) {
            site.ask(request);
            ++asked;
        }
    }
    const auto log = site.log();
    CHECK(std::ranges::count(log, '\n') == asked);
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const auto parsed = json::parse(line);
        CHECK(parsed.size() == 10);
        CHECK(line.size() < 400);
    }
}

TEST_CASE("the figures count each request once, by its route and class", "[http][site]") {
    const Tested site;
    site.get("/api/v1/search");
    site.get("/api/v1/search", {{"x", "y"}});
    site.get("/api/v1/documents/00000000000000aa");
    site.get("/");
    site.get("/search");
    site.get("/doc/00000000000000aa");
    site.get("/doc/none");
    site.get("/none/\n{evil=\"1\"} 5");
    site.get("/metrics");

    const auto text = site.get("/metrics").body;

    const auto has = [&](const std::string& line) {
        return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
    };
    CHECK(has(R"(izde_http_requests_total{route="/api/v1/search",status="2xx"} 1)"));
    CHECK(has(R"(izde_http_requests_total{route="/api/v1/search",status="4xx"} 1)"));
    CHECK(has(R"(izde_http_requests_total{route="/api/v1/documents/{id}",status="2xx"} 1)"));
    CHECK(has(R"(izde_http_requests_total{route="page",status="2xx"} 3)"));
    CHECK(has(R"(izde_http_requests_total{route="page",status="4xx"} 1)"));
    CHECK(has(R"(izde_http_requests_total{route="unknown",status="4xx"} 1)"));
    CHECK(has(R"(izde_http_requests_total{route="/metrics",status="2xx"} 1)"));
    CHECK(has(R"(izde_http_request_duration_seconds_bucket{route="page",status="2xx",le="+Inf"} 3)"));
    CHECK(has("izde_http_requests_in_flight 1"));
    CHECK(has(R"(izde_index_info{generation="g1"} 1)"));
    CHECK(has("izde_index_documents 5"));
    CHECK(text.find("evil") == std::string::npos);
}

TEST_CASE("a page that is rendered here is logged with what it shows, as the API's answer is",
          "[http][site]") {
    Tested site;
    site.service.reply.timed_out = true;
    site.service.shown.document.similar = 1;
    site.service.alike.timed_out = true;
    const auto line_of = [&](const std::string& path) {
        site.get(path, {{"q", "secret"}});
        auto line = json::parse(site.log());
        for (const auto* name : {"time", "id", "ms", "bytes", "route"}) line.erase(name);
        return line;
    };

    CHECK(line_of("/search") == line_of("/api/v1/search"));
    CHECK(line_of("/search")["hits"] == 7);
    CHECK(line_of("/search")["partial"] == true);
    CHECK(line_of("/doc/00000000000000aa")["generation"] == "g1");
    CHECK(line_of("/doc/00000000000000aa")["partial"] == true);
    CHECK(line_of("/doc/none")["status"] == 404);

    site.service.error = Error{Errc::internal, "what went wrong", ""};
    for (const auto* path : {"/search", "/api/v1/search", "/doc/00000000000000aa"}) {
        CAPTURE(path);
        CHECK(line_of(path)["error"] == "what went wrong");
    }
}

TEST_CASE("what was cut short is logged as partial, and not kept, whichever route it is of", "[http][site]") {
    Tested site;
    site.service.reply.timed_out = site.service.alike.timed_out = site.service.suggestions.timed_out = true;
    for (const auto* path : {"/api/v1/search", "/api/v1/suggest",
                             "/api/v1/documents/00000000000000aa/similar", "/feed.atom", "/export.csv"}) {
        CAPTURE(path);
        const auto answer = site.get(path);
        CHECK(answer.status == 200);
        CHECK(header(answer, "ETag").empty());
        CHECK(json::parse(site.log())["partial"] == true);
    }
}

TEST_CASE("pages are searched for no more often than the API", "[http][site]") {
    for (const auto* path : {"/search", "/doc/00000000000000aa", "/api/v1/search"}) {
        CAPTURE(path);
        const Tested site({}, {.per_second = 1, .burst = 2, .for_local = true});
        CHECK(site.get(path).status == 200);
        CHECK(site.get(path).status == 200);
        CHECK(site.get(path).status == 429);
        CHECK(site.get("/").status == 200);
    }
}

TEST_CASE("an empty list of headers and any method are answered", "[http][site]") {
    const Tested site;
    for (const auto* method : {"", "GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get"}) {
        CAPTURE(method);
        CHECK(site.ask({.method = method, .path = "/api/v1/stats"}).status < 500);
    }
}

TEST_CASE("a request that was refused before it could be read is logged and counted as well",
          "[http][site]") {
    const Tested site;
    const auto answer = to_answer({.status = 431, .code = "head_too_large", .detail = "x"});

    site.note_refusal(answer);

    const auto line = json::parse(site.log());
    CHECK(line["status"] == 431);
    CHECK(line["route"] == "refused");
    CHECK(line["id"] == header(answer, "X-Request-Id"));
    CHECK(site.get("/metrics").body.find("izde_http_requests_total{route=\"refused\",status=\"4xx\"} 1\n") !=
          std::string::npos);
}
