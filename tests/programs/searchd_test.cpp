// izde-searchd as its users run it.
#include <algorithm>
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "support/served_index.hpp"

using namespace izde::tests;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void index(const fs::path& root, const fs::path& source) {
    const Finished run =
        run_program("izde-indexer", {"rebuild", "--quiet", "--index", root.string(), source.string()});
    REQUIRE(run.code == 0);
}

}  // namespace

TEST_CASE("without an index searchd answers 503 until one appears, and then serves it", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const std::string root = (dir.path() / "index").string();
    fs::create_directories(root);
    Process daemon("izde-searchd", {"--index", root, "--listen", "127.0.0.1:0"});
    HttpClient client(port_said(daemon.wait_for("/\n")));

    const Response missing = client.get("/api/v1/search?q=bridge");
    CHECK(missing.status == 503);
    CHECK(contains(missing.head, "application/problem+json"));
    CHECK(contains(missing.head, "Retry-After"));
    CHECK(contains(missing.body, "izde-indexer rebuild"));
    CHECK(client.get("/readyz").status == 503);
    CHECK(client.get("/healthz").status == 200);

    index(root, dir.path() / "docs");
    while (client.get("/readyz").status != 200) std::this_thread::yield();
    CHECK(json::parse(client.get("/api/v1/search?q=bridge").body)["total"] == 1);
}

TEST_CASE("a rebuild while people search loses no request and mixes no answer", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const std::string root = (dir.path() / "index").string();
    index(root, dir.path() / "docs");
    Process daemon("izde-searchd", {"--index", root, "--listen", "127.0.0.1:0"});
    const int port = port_said(daemon.wait_for("/\n"));
    std::atomic<bool> over = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> asked = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&] {
            HttpClient client(port);
            while (!over) {
                const Response response = client.get("/api/v1/search?q=bridge");
                const json answer = json::parse(response.body, nullptr, false);
                ++asked;
                // Each generation holds as many documents as it has hits for this word.
                if (response.status != 200 || answer["total"] != answer["index"]["documents"]) ++wrong;
            }
        });

    for (int round = 0; round < 6; ++round) {
        dir.write("docs/" + std::to_string(round) + ".txt", "Another bridge.");
        index(root, dir.path() / "docs");
    }
    HttpClient client(port);
    while (json::parse(client.get("/api/v1/search?q=bridge").body)["total"] != 7) std::this_thread::yield();
    over = true;
    for (std::thread& thread : clients) thread.join();

    CHECK(wrong == 0);
    CHECK(asked > 20);
}

TEST_CASE("a damaged new generation keeps the old one serving, and readiness says so", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const std::string root = (dir.path() / "index").string();
    index(root, dir.path() / "docs");
    Process daemon("izde-searchd", {"--index", root, "--listen", "127.0.0.1:0"});
    HttpClient client(port_said(daemon.wait_for("/\n")));

    dir.write("index/current", "garbage");
    while (json::parse(client.get("/readyz").body)["last_error"].is_null()) std::this_thread::yield();

    CHECK(client.get("/readyz").status == 200);
    CHECK(json::parse(client.get("/api/v1/search?q=bridge").body)["total"] == 1);
}

TEST_CASE("a stop lets requests end and exits with 0", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const std::string root = (dir.path() / "index").string();
    index(root, dir.path() / "docs");
    const int signal = GENERATE(SIGTERM, SIGINT);
    Process daemon("izde-searchd", {"--index", root, "--listen", "127.0.0.1:0"});
    HttpClient idle(port_said(daemon.wait_for("/\n")));
    CHECK(idle.get("/healthz").status == 200);

    daemon.signal(signal);

    CHECK(daemon.finish().code == 0);
}

TEST_CASE("a taken port is told plainly", "[programs]") {
    const TempDir dir;
    Process first("izde-searchd", {"--index", dir.path().string(), "--listen", "127.0.0.1:0"});
    const int port = port_said(first.wait_for("/\n"));

    const Finished second = run_program(
        "izde-searchd", {"--index", dir.path().string(), "--listen", "127.0.0.1:" + std::to_string(port)});

    CHECK(second.code == 3);
    CHECK(contains(second.err, std::to_string(port)));
    CHECK(contains(second.err, "Address already in use"));
}

TEST_CASE("searchd outlives the files of its index, says which one is gone, and serves the next index",
          "[programs]") {
    const std::string file = GENERATE("docdata.glass", "postlist.glass", "positions", "vocabulary");
    INFO(file);
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const fs::path root = dir.path() / "index";
    index(root, dir.path() / "docs");
    Process daemon("izde-searchd", {"--index", root.string(), "--listen", "127.0.0.1:0"});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const std::string question = "/api/v1/search?q=%22bridge+was%22";
    REQUIRE(client.get(question).status == 200);

    fs::resize_file(fs::directory_iterator(root / "generations")->path() / file, 0);

    const Response refused = client.get(question);
    CHECK(refused.status == 503);
    CHECK(json::parse(refused.body)["code"] == "io");
    CHECK(contains(json::parse(client.get("/readyz").body)["last_error"], file + ": a part of it is gone"));
    index(root, dir.path() / "docs");
    while (!json::parse(client.get("/readyz").body)["last_error"].is_null()) std::this_thread::yield();
    CHECK(json::parse(client.get(question).body)["total"] == 1);
}

TEST_CASE("wrong usage of searchd is told plainly", "[programs]") {
    const TempDir dir;
    const std::string root = dir.path().string();
    struct Wrong {
        std::vector<std::string> arguments;
        std::string told;
    };
    const std::vector<Wrong> rows{
        {std::vector<std::string>{}, "--index"},
        {{"--indx", root}, "--index"},
        {{"--index", root, "--listen", "nonsense"}, "--listen"},
        {{"--index", root, "--listen", "127.0.0.1:99999"}, "99999"},
        {{"--index", root, "--listen", "0.0.0.0:8080"}, "public"},
        {{"--index", root, "--config", root + "/none.toml"}, "none.toml"},
        {{"genkey", "--scope", "root"}, "usage: izde-searchd genkey"},
        {{"--index", root, "--check-config", "--config",
          dir.write("keys.toml", "[searchd]\napi_key_file = \"none\"\n").string()},
         "the key file"},
        {{"--index", root, "--web", root + "/none"}, "none"},
        {{"--index", root, "--check-config", "--config",
          dir.write("izde.toml", "[searchd]\nfreshness = 1.5\n").string()},
         "izde.toml:2: 'freshness' must be from 0 to 1"},
    };
    for (const Wrong& row : rows) {
        const Finished run = run_program("izde-searchd", row.arguments);
        INFO(run.err);
        CHECK(run.code == 2);
        CHECK(contains(run.err, row.told));
    }
}

TEST_CASE("freshness is read anew on SIGHUP, and a wrong value leaves the old one", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.jsonl", R"({"title": "Old", "body": "A bridge was opened.", "date": "2019-05-01"})"
                              "\n"
                              R"({"title": "New", "body": "A bridge was opened.", "date": "2021-05-01"})");
    const fs::path root = dir.path() / "index";
    index(root, dir.path() / "docs");
    const auto config = [&](const std::string& freshness) {
        return dir.write("izde.toml", "[searchd]\nfreshness = " + freshness + "\n").string();
    };
    Process daemon("izde-searchd",
                   {"--index", root.string(), "--listen", "127.0.0.1:0", "--config", config("0")});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const auto ratio = [&] {
        const auto hits = json::parse(client.get("/api/v1/search?q=bridge&collapse=off").body)["hits"];
        const double one = hits.at(0)["score"], other = hits.at(1)["score"];
        return one / other;
    };
    CHECK(ratio() == Approx(1));

    config("0.5");
    daemon.signal(SIGHUP);
    while (ratio() < 1.1) std::this_thread::yield();
    CHECK(ratio() == Approx(1.5 / 1.125).epsilon(0.01));

    config("5");
    daemon.signal(SIGHUP);
    CHECK(contains(daemon.wait_for_error("freshness"), "from 0 to 1"));
    CHECK(ratio() == Approx(1.5 / 1.125).epsilon(0.01));
}

TEST_CASE("keys are read anew on SIGHUP, and wrong ones leave the old ones", "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const fs::path root = dir.path() / "index";
    index(root, dir.path() / "docs");
    const auto made = [](const std::string& scope) {
        const auto out = run_program("izde-searchd", {"genkey", "--scope", scope, "--name", "test"}).out;
        const auto end = out.find('\n');
        return std::pair{out.substr(0, end), out.substr(end + 1)};
    };
    const auto [old_key, old_line] = made("search");
    const auto [new_key, new_line] = made("admin");
    const auto use = [&](const std::string& line) {
        const auto file = dir.write("keys", line);
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    };
    use(old_line);
    const auto config =
        dir.write("izde.toml", "[searchd]\napi_key_file = \"keys\"\nlog_queries = \"full\"\n").string();
    Process daemon("izde-searchd", {"--index", root.string(), "--listen", "127.0.0.1:0", "--config", config});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const auto status = [&](const std::string& target, const std::string& key) {
        const auto header = key.empty() ? "" : "Authorization: Bearer " + key + "\r\n";
        return client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n").status;
    };
    CHECK(status("/api/v1/search?q=bridge", "") == 401);
    CHECK(status("/api/v1/search?q=bridge", old_key) == 200);
    CHECK(status("/api/v1/search?q=bridge", new_key) == 401);
    CHECK(status("/metrics", old_key) == 403);

    use(new_line);
    daemon.signal(SIGHUP);
    while (status("/metrics", new_key) != 200) std::this_thread::yield();
    CHECK(status("/api/v1/search?q=bridge", old_key) == 401);

    use("search nonsense\n");
    daemon.signal(SIGHUP);
    daemon.wait_for_error("keys:1: ");
    CHECK(status("/metrics", new_key) == 200);

    daemon.signal(SIGTERM);
    const auto said = daemon.finish();
    CHECK(said.code == 0);
    for (const auto& secret : {old_key, new_key, old_line.substr(7, 64), new_line.substr(6, 64)})
        CHECK_FALSE(contains(said.out + said.err, secret));
}

TEST_CASE(
    "a changed list of aliases gives answers another ETag, changed threads and limits ask for a restart",
    "[programs]") {
    const TempDir dir;
    dir.write("docs/a.txt", "A bridge was opened.");
    const fs::path root = dir.path() / "index";
    index(root, dir.path() / "docs");
    dir.write("names.txt", "Bridge = Мост\n");
    const auto config = [&](const std::string& more) {
        return dir.write("izde.toml", "[searchd]\naliases = [\"names.txt\"]\n" + more).string();
    };
    Process daemon("izde-searchd",
                   {"--index", root.string(), "--listen", "127.0.0.1:0", "--config", config("")});
    HttpClient client(port_said(daemon.wait_for("/\n")));
    const auto etag = [&] {
        const auto head = client.get("/api/v1/search?q=bridge").head;
        const auto at = head.find("ETag: ");
        REQUIRE(at != std::string::npos);
        return head.substr(at + 6, head.find('\r', at) - at - 6);
    };
    const auto first = etag();
    CHECK(etag() == first);
    const auto again = [&] {
        return client.send("GET /api/v1/search?q=bridge HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " +
                           first + "\r\n\r\n");
    };
    CHECK(again().status == 304);

    dir.write("names.txt", "Bridge = Мост = 桥梁\n");
    config("threads = 9\ntrusted_proxies = [\"192.0.2.1\"]\n[searchd.limits]\nqueue = 7\n"
           "connections_per_address = 9\n");
    daemon.signal(SIGHUP);
    daemon.wait_for_error("until a restart these stay as they are: threads, limits.connections_per_address, "
                          "limits.queue, limits for trusted_proxies\n");
    while (etag() == first) std::this_thread::yield();
    CHECK(again().status == 200);

    const Response figures = client.get("/metrics");
    CHECK(contains(figures.body, "izde_config_reloads_total{result=\"ok\"} 1\n"));
}

TEST_CASE("whatever is asked, no answer is a 5xx and every body is valid JSON", "[programs]") {
    ServedIndex served(fs::path(IZDE_ROOT) / "samples" / "english");
    const std::vector<std::string> garbage{
        "AND",     "OR",       "tokayev AND", "(((",
        ")))",     "\"",       "\"\"",        "-",
        "--",      "*",        "a*",          "* * *",
        "title:",  "date:x",   "NEAR/5",      "a NEAR b",
        "=",       "=\"",      "\xFF\xFE",    "\xED\xA0\x80",
        "\\",      "{}[]<>&'", "%",           "+",
        "\t\n",    "«»",       "「",          "😀😀",
        "a:b:c:d", "lang:",    "-\"x",        "((a OR b) c",
        "NOT",     "NOT NOT",  "a OR OR b",   "https://example.org/?q=1&x=2#y"};
    std::vector<std::string> queries = garbage;
    for (const std::string& one : garbage) {
        std::string many;
        while (many.size() < 2000) many += one + " ";
        queries.push_back(many);
    }
    for (const std::string& query : queries) {
        const Response response = served.get("/api/v1/search?q=" + url_encode(query));
        INFO(query.substr(0, 60));
        CHECK(response.status == 200);
        CHECK_FALSE(json::parse(response.body, nullptr, false).is_discarded());
    }
    for (const std::string target :
         {"/api/v1/search?q=%00", "/api/v1/search?q=%zz", "/api/v1/search?page=0",
          "/api/v1/search?per_page=101", "/api/v1/search?page=99999999999999999999", "/api/v1/search?sort=x",
          "/api/v1/search?qq=x", "/nope", "/api/v1/documents/../x"}) {
        const Response response = served.get(target);
        INFO(target);
        CHECK(response.status < 500);
        CHECK_FALSE(json::parse(response.body, nullptr, false).is_discarded());
    }
}
