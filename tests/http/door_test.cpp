#include <catch2/catch.hpp>

#include "http/door.hpp"

using namespace izde;
using namespace izde::http;

namespace {

struct Sent {
    std::string path = "/api/v1/search";
    std::map<std::string, std::string> headers = {};
    std::string address = "127.0.0.1";
    std::string method = "GET";
};

Message message(const Sent& sent) {
    Message message{
        .method = sent.method, .path = sent.path, .headers = sent.headers, .address = sent.address};
    message.headers.try_emplace("host", "localhost:8080");
    return message;
}

// The code of the problem; empty: the request may come in.
std::string refused(const Access& access, const Sent& sent) {
    const auto request = message(sent);
    const auto problem = refuse(access, request, receive(access, request), find_route(request.path));
    return problem ? problem->code : "";
}

Access at(const std::string& listen, bool beyond) {
    Access access;
    access.names.listen = listen;
    access.names.beyond = beyond;
    access.names.machine = "nas.example.org";
    return access;
}

std::string host(const Access& access, const std::string& host) {
    return refused(access, {.headers = {{"host", host}}});
}

Key key_of(const MadeKey& made) {
    // The file is the only way to a hash.
    Key key;
    const auto hex = made.line.substr(made.line.find(' ') + 1, 64);
    for (std::size_t i = 0; i < key.sha256.size(); ++i)
        key.sha256[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
    key.scope = made.line.starts_with("admin") ? Scope::admin : Scope::search;
    return key;
}

}  // namespace

TEST_CASE("a server on this machine is called by its own names only", "[http][door]") {
    const auto access = at("127.0.0.1", false);

    for (const auto* name : {"localhost", "localhost:8080", "LOCALHOST:8080", "localhost.", "localhost.:80",
                             "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080", "[0:0:0:0:0:0:0:1]"}) {
        CAPTURE(name);
        CHECK(host(access, name).empty());
    }
    for (const auto* name : {"evil.example", "evil.example:8080", "localhost.evil.example", "evil-localhost",
                             "127.0.0.1.evil.example", "127.0.0.1.nip.io", "0.0.0.0", "192.168.1.5",
                             "127.0.0.2", "[::]", "[fe80::1]", "nas", "nas.local", "2130706433", "127.1",
                             "0x7f.1", "localhost2", "xn--lcalhost-54a"}) {
        CAPTURE(name);
        CHECK(host(access, name) == "unknown_host");
    }
    for (const auto* name : {"",
                             ":8080",
                             ".",
                             "..",
                             "localhost:x",
                             "localhost:",
                             "localhost:99999",
                             "localhost:80:80",
                             "user@localhost",
                             "localhost, localhost",
                             "local host",
                             "[::1",
                             "[localhost]",
                             "::1",
                             "http://localhost",
                             "localhost/",
                             "l\xc3\xb6"
                             "calhost",
                             "localhost\t",
                             "[::1]x",
                             "[127.0.0.1]"}) {
        CAPTURE(name);
        CHECK(host(access, name) == "bad_host");
    }
}

TEST_CASE("a public server is reached by addresses and local names, and by no foreign one", "[http][door]") {
    const auto access = at("0.0.0.0", true);

    for (const auto* name : {"192.168.1.5:8080", "[fe80::1]", "10.0.0.1", "nas", "nas:8080", "nas.local",
                             "NAS.lan", "nas.example.org", "nas.home.arpa", "localhost", "printer"}) {
        CAPTURE(name);
        CHECK(host(access, name).empty());
    }
    for (const auto* name : {"evil.example", "nas.evil.example", "nas.example.org.evil.example", "evil.local",
                             "nasty.local", "192.168.1.5.nip.io"}) {
        CAPTURE(name);
        CHECK(host(access, name) == "unknown_host");
    }
}

TEST_CASE("names that are listed take the place of those that are guessed", "[http][door]") {
    auto access = at("0.0.0.0", true);
    access.names.listed = {"search.example.org"};
    CHECK(host(access, "search.example.org").empty());
    CHECK(host(access, "SEARCH.example.org.:443").empty());
    CHECK(host(access, "localhost").empty());
    CHECK(host(access, "192.168.1.5") == "unknown_host");
    CHECK(host(access, "nas") == "unknown_host");
    CHECK(host(access, "www.search.example.org") == "unknown_host");

    access.names.listed = {"*"};
    CHECK(host(access, "evil.example").empty());
    CHECK(host(access, "a b") == "bad_host");

    access = at("127.0.0.1", false);
    access.names.called = "search.example.org";
    CHECK(host(access, "search.example.org").empty());
}

TEST_CASE("a request without a Host header comes from no browser", "[http][door]") {
    const auto access = at("127.0.0.1", false);
    const Message request{.method = "GET", .path = "/healthz"};

    CHECK_FALSE(refuse(access, request, receive(access, request), find_route("/healthz")));
}

TEST_CASE("pages of other sites may not ask, but may lead to the page", "[http][door]") {
    auto access = at("127.0.0.1", false);
    using Headers = std::map<std::string, std::string>;
    struct Row {
        std::string path;
        Headers headers;
        std::string code;
    };
    const std::string search = "/api/v1/search";
    for (const auto& [path, headers, code] : std::vector<Row>{
             {search, {}, ""},
             {search, {{"sec-fetch-site", "same-origin"}}, ""},
             {search, {{"sec-fetch-site", "none"}}, ""},
             {search, {{"sec-fetch-site", "same-site"}}, ""},
             {search, {{"sec-fetch-site", "cross-site"}}, "cross_site"},
             {search, {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}, "cross_site"},
             {search, {{"origin", "https://evil.example"}}, "cross_site"},
             {search, {{"origin", "null"}}, "cross_site"},
             {search, {{"origin", "http://localhost:8080"}}, ""},
             {search, {{"origin", "http://localhost:9090"}}, "cross_site"},
             {search, {{"origin", "http://localhost:8080.evil.example"}}, "cross_site"},
             {"/feed.atom", {{"sec-fetch-site", "cross-site"}}, "cross_site"},
             {"/export.csv", {{"sec-fetch-site", "cross-site"}}, "cross_site"},
             {"/metrics", {{"sec-fetch-site", "cross-site"}}, "cross_site"},
             {"/", {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}, ""},
             {"/doc/1", {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}, ""},
             {"/search", {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}, ""},
             {"/opensearch.xml", {{"sec-fetch-site", "cross-site"}}, ""},
         }) {
        CAPTURE(path, headers);
        CHECK(refused(access, {.path = path, .headers = headers}) == code);
    }

    access.cors_origins = {"https://app.example.org"};
    CHECK(refused(access,
                  {.headers = {{"origin", "https://app.example.org"}, {"sec-fetch-site", "cross-site"}}})
              .empty());
    CHECK(refused(access, {.headers = {{"origin", "https://app.example.org.evil"},
                                       {"sec-fetch-site", "cross-site"}}}) == "cross_site");
}

TEST_CASE("another site may read answers only where it is listed", "[http][door]") {
    auto access = at("127.0.0.1", false);
    const auto headers_for = [&](const std::string& origin) {
        const auto request = message({.headers = {{"origin", origin}}});
        Answer answer;
        add_cors(access, receive(access, request), answer);
        return std::map<std::string, std::string>(answer.headers.begin(), answer.headers.end());
    };
    CHECK(headers_for("https://app.example.org").empty());

    access.cors_origins = {"https://app.example.org"};
    CHECK(headers_for("https://app.example.org")["Access-Control-Allow-Origin"] == "https://app.example.org");
    CHECK(headers_for("https://app.example.org")["Vary"] == "Origin");
    CHECK_FALSE(headers_for("https://evil.example").contains("Access-Control-Allow-Origin"));
    CHECK(headers_for("https://evil.example")["Vary"] == "Origin");
}

TEST_CASE("a preflight is answered for listed sites only", "[http][door]") {
    auto access = at("127.0.0.1", false);
    access.cors_origins = {"https://app.example.org"};
    const auto ask = [&](const std::string& origin, const std::string& path, const std::string& wanted) {
        const auto request =
            message({.path = path,
                     .headers = {{"origin", origin}, {"access-control-request-method", wanted}},
                     .method = "OPTIONS"});
        return preflight(request, receive(access, request), find_route(path)).has_value();
    };

    CHECK(ask("https://app.example.org", "/api/v1/search", "POST"));
    CHECK_FALSE(ask("https://evil.example", "/api/v1/search", "POST"));
    CHECK_FALSE(ask("https://app.example.org", "/", "GET"));
    CHECK_FALSE(ask("https://app.example.org", "/api/v1/search", ""));
}

TEST_CASE("keys let in by their scope", "[http][door]") {
    const auto search_key = make_key(Scope::search, "a"), admin_key = make_key(Scope::admin, "b"),
               foreign = make_key(Scope::admin, "c");
    struct Row {
        bool is_public;
        std::string path, key, code;
    };
    for (const auto& [is_public, path, key, code] : std::vector<Row>{
             {false, "/api/v1/search", "", "key_needed"},
             {false, "/api/v1/search", search_key.key, ""},
             {false, "/api/v1/search", admin_key.key, ""},
             {false, "/api/v1/search", foreign.key, "wrong_key"},
             {false, "/feed.atom", "", "key_needed"},
             {false, "/export.jsonl", "", "key_needed"},
             {false, "/doc/7", "", "key_needed"},
             {false, "/search", "", "key_needed"},
             {false, "/search", search_key.key, ""},
             {false, "/", "", ""},
             {true, "/search", "", ""},
             {false, "/healthz", "", ""},
             {false, "/readyz", foreign.key, ""},
             {false, "/openapi.json", "", ""},
             {false, "/metrics", "", "key_needed"},
             {false, "/metrics", search_key.key, "key_too_weak"},
             {false, "/metrics", admin_key.key, ""},
             {true, "/api/v1/search", "", ""},
             {true, "/api/v1/search", foreign.key, "wrong_key"},
             {true, "/metrics", "", "key_needed"},
             {true, "/metrics", search_key.key, "key_too_weak"},
         }) {
        auto access = at("0.0.0.0", true);
        access.keys = {key_of(search_key), key_of(admin_key)};
        access.is_public = is_public;
        Sent sent{.path = path, .headers = {}, .address = "127.0.0.1"};
        if (!key.empty()) sent.headers["authorization"] = "Bearer " + key;
        CAPTURE(is_public, path, key.size(), code);
        CHECK(refused(access, sent) == code);
    }
}

TEST_CASE("nothing but the very key is the key", "[http][door]") {
    const auto made = make_key(Scope::search, "");
    auto access = at("0.0.0.0", true);
    access.keys = {key_of(made)};
    const auto with = [&](const std::string& value) {
        return refused(access, {.headers = {{"authorization", value}}});
    };
    REQUIRE(with("Bearer " + made.key).empty());
    REQUIRE(with("bearer  " + made.key + " ").empty());

    std::vector<std::string> wrong = {"",
                                      "Bearer",
                                      "Bearer ",
                                      made.key,
                                      "Basic " + made.key,
                                      "Bearer=" + made.key,
                                      "Bearer " + made.key + ", Bearer " + made.key,
                                      "Bearer " + made.key + " " + made.key,
                                      "Bearer " + made.line.substr(7),
                                      "Bearer \"" + made.key + "\"",
                                      "Bearer " + made.key + std::string(1, '\0'),
                                      "Bearer " + made.key + "\xe2\x80\x8b",
                                      "Bearer " + made.key + std::string(100'000, 'a')};
    for (std::size_t i = 0; i < made.key.size(); ++i) {
        wrong.push_back("Bearer " + made.key.substr(0, i));
        auto other = made.key;
        other[i] = static_cast<char>(other[i] ^ 1);
        wrong.push_back("Bearer " + other);
        wrong.push_back("Bearer " + made.key.substr(0, i) + "é" + made.key.substr(i));
    }
    CHECK(wrong.size() >= 200);
    for (const auto& value : wrong) {
        CAPTURE(value.substr(0, 100));
        const auto code = with(value);
        CHECK((code == "key_needed" || code == "wrong_key"));
    }
    auto in_address = message({.headers = {}});
    in_address.params = {{"key", made.key}, {"api_key", made.key}};
    CHECK(refuse(access, in_address, receive(access, in_address), find_route(in_address.path))->code ==
          "key_needed");
}

TEST_CASE("without keys only the machine itself sees the figures", "[http][door]") {
    const auto loopback = at("127.0.0.1", false), everywhere = at("0.0.0.0", true);
    const auto metrics = [](const Access& access, const std::string& address,
                            std::map<std::string, std::string> headers = {}) {
        return refused(access, {.path = "/metrics", .headers = std::move(headers), .address = address});
    };

    CHECK(metrics(loopback, "127.0.0.1").empty());
    CHECK(metrics(loopback, "").empty());
    CHECK(metrics(everywhere, "127.0.0.1").empty());
    CHECK(metrics(everywhere, "::1").empty());
    CHECK(metrics(everywhere, "::ffff:127.0.0.1").empty());
    CHECK(metrics(everywhere, "") == "not_from_there");
    CHECK(metrics(everywhere, "192.168.1.7") == "not_from_there");
    // A proxy on the machine asks for others.
    CHECK(metrics(loopback, "127.0.0.1", {{"x-forwarded-for", "127.0.0.1"}}) == "not_from_there");
    CHECK(metrics(loopback, "127.0.0.1", {{"via", "1.1 proxy"}}) == "not_from_there");
    CHECK(metrics(loopback, "", {{"forwarded", "for=10.0.0.1"}}) == "not_from_there");
}

TEST_CASE("a client's address is believed of trusted proxies only, and then the last of others",
          "[http][door]") {
    auto access = at("0.0.0.0", true);
    const auto address = [&](const std::string& peer, const std::string& forwarded) {
        return receive(access, message({.headers = {{"x-forwarded-for", forwarded}}, .address = peer}))
            .address;
    };
    CHECK(address("10.0.0.1", "6.6.6.6") == "10.0.0.1");

    access.trusted_proxies = {*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
    CHECK(address("10.0.0.1", "192.0.2.7") == "192.0.2.7");
    CHECK(address("10.0.0.1", "127.0.0.1, 192.0.2.7") == "192.0.2.7");
    CHECK(address("10.0.0.1", "6.6.6.6, 192.0.2.7 , 10.9.9.9") == "192.0.2.7");
    CHECK(address("fd00::5", "2001:DB8::0:1") == "2001:db8::1");
    CHECK(address("10.0.0.1", "") == "10.0.0.1");
    CHECK(address("10.0.0.1", "unknown") == "10.0.0.1");
    CHECK(address("10.0.0.1", "192.0.2.7, ,") == "10.0.0.1");
    CHECK(address("192.0.2.9", "1.2.3.4") == "192.0.2.9");
    std::string long_list;
    for (int i = 0; i < 1000; ++i) long_list += "10.0.0.1,";
    CHECK(address("10.0.0.1", long_list + "10.0.0.2") == "10.0.0.1");
}

TEST_CASE("addresses in feeds begin as the client calls the server", "[http][door]") {
    auto access = at("127.0.0.1", false);
    const auto base = [&](std::map<std::string, std::string> headers, const std::string& peer = "127.0.0.1") {
        return receive(access, message({.headers = std::move(headers), .address = peer})).base;
    };

    CHECK(base({}) == "http://localhost:8080");
    CHECK(base({{"x-forwarded-proto", "https"}}) == "http://localhost:8080");
    access.trusted_proxies = {*parse_network("127.0.0.1")};
    CHECK(base({{"x-forwarded-proto", "https"}, {"host", "search.example.org"}}) ==
          "https://search.example.org");
    access.url = "https://s.example";
    CHECK(base({}) == "https://s.example");
}
