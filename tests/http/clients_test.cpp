// Clients that leave early, stop half way, or come by other doors.
#include <future>
#include <string>
#include <thread>

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "http/listener.hpp"
#include "http/server.hpp"
#include "support/raw_client.hpp"
#include "support/running_server.hpp"
#include "support/temp_dir.hpp"

using izde::http::Answer;
using izde::http::Message;
using izde::tests::contains;
using izde::tests::echo;
using izde::tests::Gate;
using izde::tests::get;
using izde::tests::post;
using izde::tests::RawClient;
using izde::tests::Running;

TEST_CASE("a client that has said all still gets all its answers", "[http][clients]") {
    const Running server(echo);
    RawClient client(server.port());

    client.send(get("/one") + get("/two") + post("three"));
    client.end_sending();
    const auto bytes = client.receive_all();

    CHECK(contains(bytes, "GET /one"));
    CHECK(contains(bytes, "GET /two"));
    CHECK(bytes.ends_with("POST / body=three"));
}

TEST_CASE("a client that ends in the middle of a request is let go", "[http][clients]") {
    const Running server(echo);
    RawClient head(server.port()), body(server.port());
    head.send("GET / HTTP/1.1\r\nHo");
    body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    head.end_sending();
    body.end_sending();

    CHECK(head.receive_all().empty());
    CHECK(body.receive_all().empty());
}

TEST_CASE("a client that is gone before its answer harms nobody", "[http][clients]") {
    Gate gate;
    const Running server(
        [&](const Message& request) {
            if (request.path == "/slow") gate.pass();
            return echo(request);
        },
        {.workers = 2});
    RawClient honest(server.port());
    {
        const RawClient gone(server.port());
        gone.send(get("/slow"));
        gate.wait_for(1);
    }

    CHECK(honest.ask(get("/a")).ends_with("GET /a"));
    gate.open();
    while (server.load().connections > 1) std::this_thread::yield();
    CHECK(honest.ask(get("/b")).ends_with("GET /b"));
}

TEST_CASE("a thousand requests in one breath are answered in order", "[http][clients]") {
    const Running server(echo, {.at_once = [](std::string_view path) { return path.ends_with('5'); }});
    RawClient client(server.port());
    std::string all;
    for (int i = 0; i < 1000; ++i) all += get("/" + std::to_string(i));

    const auto sent = std::async(std::launch::async, [&] { client.send(all); });
    int right = 0;
    for (int i = 0; i < 1000; ++i) right += client.receive().ends_with("GET /" + std::to_string(i)) ? 1 : 0;

    CHECK(right == 1000);
}

TEST_CASE("a large answer arrives whole at a client with little room", "[http][clients]") {
    const std::string large(3'000'000, 'x');
    const Running server([&](const Message&) { return Answer{.type = "image/png", .body = large}; });
    RawClient client(server.port(), "127.0.0.1", 4096);

    for (int i = 0; i < 3; ++i) CHECK(client.ask(get("/")).ends_with("\r\n\r\n" + large));
}

TEST_CASE("the handler learns the client's address, and no header changes it", "[http][clients]") {
    const Running server([](const Message& request) { return Answer{.body = request.address}; });

    CHECK(RawClient(server.port()).ask(get("/")).ends_with("\r\n\r\n127.0.0.1"));
    CHECK(RawClient(server.port(), "127.0.0.7")
              .ask(get("/", "X-Forwarded-For: 6.6.6.6\r\nREMOTE_ADDR: 6.6.6.6\r\n"))
              .ends_with("\r\n\r\n127.0.0.7"));
}

TEST_CASE("a header line of a handler's cannot become two", "[http][clients]") {
    const Running server([](const Message&) {
        return Answer{.body = "", .headers = {{"X", "a\r\nSet-Cookie: b\r\n\r\nc"}}};
    });
    RawClient client(server.port());

    const auto answer = client.ask(get("/"));

    CHECK(contains(answer, "X: a  Set-Cookie: b    c\r\n"));
    CHECK(client.ask(get("/")) == answer);
}

TEST_CASE("a server without descriptors rests, and serves again when there are some", "[http][clients]") {
    const Running server(echo);
    RawClient before(server.port());
    CHECK(contains(before.ask(get("/")), " 200 "));
    RawClient late(server.port());  // the system has let it in, the server cannot yet
    rlimit limit = {};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);

    // Below what is open, so that none can be opened.
    const rlimit none = {.rlim_cur = 3, .rlim_max = limit.rlim_max};
    REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
    const auto meanwhile = before.ask(get("/kept"));
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);

    CHECK(meanwhile.ends_with("GET /kept"));
    CHECK(late.ask(get("/late")).ends_with("GET /late"));
    CHECK(RawClient(server.port()).ask(get("/new")).ends_with("GET /new"));
}

TEST_CASE("clients on kept connections are told to go when the server stops, and lose nothing",
          "[http][clients]") {
    auto server = std::make_unique<Running>(echo);
    RawClient kept(server->port()), waiting(server->port());
    CHECK(contains(kept.ask(get("/")), " 200 "));

    server->stop();
    const auto last = kept.ask(get("/last"));
    server.reset();

    CHECK(last.ends_with("GET /last"));
    CHECK(contains(last, "Connection: close\r\n"));
    CHECK(kept.is_closed());
    CHECK(waiting.is_closed());
}
