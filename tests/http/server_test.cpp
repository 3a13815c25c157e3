#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "http/server.hpp"
#include "support/raw_client.hpp"
#include "support/running_server.hpp"

using izde::Errc;
using izde::http::Answer;
using izde::http::Message;
using izde::http::Server;
using izde::tests::contains;
using izde::tests::echo;
using izde::tests::Gate;
using izde::tests::get;
using izde::tests::post;
using izde::tests::RawClient;
using izde::tests::Running;

TEST_CASE("a request arrives decoded and its answer comes back", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    const auto answer = client.ask(get("/a%20b/%D1%82?q=x+y&lang=kk&lang=ru&q=%26#part"));

    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(answer.ends_with("\r\n\r\nGET /a b/т q=x y lang=kk lang=ru q=&"));
    CHECK(contains(answer, "Content-Type: text/plain\r\n"));
    CHECK_FALSE(contains(answer, "Server:"));
}

TEST_CASE("one connection serves many requests, also when they come at once", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    for (int i = 0; i < 20; ++i)
        CHECK(client.ask(get("/" + std::to_string(i))).ends_with("GET /" + std::to_string(i)));
    client.send(get("/first") + post("second") + get("/third"));

    CHECK(client.receive().ends_with("GET /first"));
    CHECK(client.receive().ends_with("POST / body=second"));
    CHECK(client.receive().ends_with("GET /third"));
}

TEST_CASE("a client that asks to close is obeyed", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port()), old(server.port());

    CHECK(contains(client.ask(get("/", "Connection: close\r\n")), "Connection: close"));
    CHECK(client.is_closed());
    CHECK(contains(old.ask("GET / HTTP/1.0\r\n\r\n"), "GET /"));
    CHECK(old.is_closed());
}

TEST_CASE("HEAD is answered like GET but without the body", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
    const auto head = client.receive(false);

    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(contains(head, "Content-Length: 9\r\n"));
    CHECK(client.receive().ends_with("GET /next"));
}

TEST_CASE("a body never becomes a request of its own", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    client.send(post(get("/smuggled")) + get("/b"));

    CHECK(client.receive().ends_with(" body=" + get("/smuggled")));
    CHECK(client.receive().ends_with("GET /b"));
}

TEST_CASE("a request that arrives byte by byte is understood", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    for (const char c : post("body")) client.send(std::string_view(&c, 1));

    CHECK(client.receive().ends_with("POST / body=body"));
}

TEST_CASE("a client that waits before it sends its body is told to go on", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    CHECK(client.receive().starts_with("HTTP/1.1 100 "));
    client.send("body");

    const auto answer = client.receive();
    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(answer.ends_with("body=body"));
}

TEST_CASE("what is no request is refused as a problem and the connection ends", "[http][server]") {
    const Running server(echo);
    struct Row {
        std::string request;
        int status;
    };
    const auto row = GENERATE(values<Row>({
        {"garbage\r\n\r\n", 400},
        {"GARBAGE\r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 400},
        {"\x16\x03\x01", 400},
        {"GET / HTTP/1.1\nHost: x\n\n", 400},
        {"GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        {"GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n", 431},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'a'), 413},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
    }));
    RawClient client(server.port());

    const auto answer = client.ask(row.request);

    CAPTURE(row.request.substr(0, 60), answer);
    CHECK(answer.starts_with("HTTP/1.1 " + std::to_string(row.status) + " "));
    CHECK(contains(answer, "Content-Type: application/problem+json\r\n"));
    CHECK(contains(answer, "\"status\":" + std::to_string(row.status)));
    CHECK(contains(answer, "X-Content-Type-Options: nosniff\r\n"));
    CHECK(contains(answer, "Connection: close\r\n"));
    CHECK(client.is_closed());
}

TEST_CASE("ranges, compression and invented addresses do nothing", "[http][server]") {
    const Running server([](const Message& request) {
        Answer answer = {.status = 200, .type = "text/plain", .body = std::string(2000, 'a')};
        for (const auto& [name, value] : request.headers)
            answer.headers.emplace_back("Seen", name + "=" + value);
        return answer;
    });
    RawClient client(server.port());

    const auto answer = client.ask(
        get("/", "Range: bytes=0-0,0-0\r\nAccept-Encoding: gzip, br\r\nREMOTE_ADDR: 6.6.6.6\r\nX-A: b\r\n"));

    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(contains(answer, "Content-Length: 2000\r\n"));
    CHECK(contains(answer, "Seen: x-a=b\r\n"));
    CHECK_FALSE(contains(answer, "6.6.6.6"));
    CHECK_FALSE(contains(answer, "Content-Encoding"));
    CHECK_FALSE(contains(answer, "Accept-Ranges"));
}

TEST_CASE("a range that cannot be understood is as good as none", "[http][server]") {
    const Running server(echo);
    RawClient client(server.port());

    CHECK(client.ask(get("/", "Range: nonsense\r\n")).starts_with("HTTP/1.1 200 "));
}

TEST_CASE("an exception becomes a 500 without its text, and the server goes on", "[http][server]") {
    const Running server([](const Message& request) -> Answer {
        if (request.path == "/bad") throw std::runtime_error("secret");
        return echo(request);
    });
    RawClient client(server.port());

    const auto answer = client.ask(get("/bad"));

    CHECK(answer.starts_with("HTTP/1.1 500 "));
    CHECK(contains(answer, "application/problem+json"));
    CHECK_FALSE(contains(answer, "secret"));
    CHECK(client.ask(get("/good")).ends_with("GET /good"));
}

TEST_CASE("an answer that nothing changed has neither body nor type", "[http][server]") {
    const Running server([](const Message&) {
        return Answer{.status = 304, .type = "text/css", .body = "", .headers = {{"ETag", "\"1\""}}};
    });
    RawClient client(server.port());

    const auto answer = client.ask(get("/"));

    CHECK(answer.starts_with("HTTP/1.1 304 "));
    CHECK(contains(answer, "ETag: \"1\"\r\n"));
    CHECK_FALSE(contains(answer, "Content-"));
}

TEST_CASE("two servers never share a port", "[http][server]") {
    const Running first(echo);

    const auto second = Server::listen("127.0.0.1", first.port(), echo);

    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::io);
    CHECK(second.error().message ==
          "cannot listen on 127.0.0.1:" + std::to_string(first.port()) + ": Address already in use");
    CHECK(contains(second.error().hint, "--listen"));
}

TEST_CASE("an address of another machine cannot be listened on", "[http][server]") {
    CHECK_FALSE(Server::listen("192.0.2.1", 0, echo));
    CHECK_FALSE(Server::listen("no such host", 0, echo));
}

TEST_CASE("a port can be used again at once after a server stopped", "[http][server]") {
    int port = 0;
    {
        const Running server(echo);
        port = server.port();
        RawClient client(port);
        client.ask(get("/"));
    }

    CHECK(Server::listen("127.0.0.1", port, echo));
}

TEST_CASE("stopping finishes the request under way and takes no new one", "[http][server]") {
    Gate gate;
    auto server = std::make_unique<Running>([&](const Message& request) {
        if (request.path == "/slow") gate.pass();
        return echo(request);
    });
    RawClient client(server->port());
    client.send(get("/slow"));
    gate.wait_for(1);
    const int port = server->port();

    server->stop();
    auto gone = std::async(std::launch::async, [&] { server.reset(); });
    // Who comes before the server has heard of it is answered; soon nobody gets in.
    const auto is_answered = [&] {
        try {
            return !RawClient(port).ask(get("/late")).empty();
        } catch (const std::runtime_error&) {
            return false;
        }
    };
    while (is_answered()) continue;
    gate.open();
    const auto answer = client.receive();
    gone.wait();

    CHECK(answer.ends_with("GET /slow"));
    CHECK(contains(answer, "Connection: close"));
    CHECK(client.is_closed());
}

TEST_CASE("a server that is stopped before it runs does not run", "[http][server]") {
    auto server = Server::listen("127.0.0.1", 0, echo);
    REQUIRE(server);

    server->stop();
    server->run();
    server->stop();
}

TEST_CASE("idle and half-finished clients do not hold up stopping", "[http][server]") {
    auto server = std::make_unique<Running>(echo);
    RawClient idle(server->port()), half(server->port()), silent(server->port());
    idle.ask(get("/"));
    half.send("GET / HT");
    const auto begin = std::chrono::steady_clock::now();

    server.reset();

    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("two hundred connections at once are all served where as many may wait", "[http][server]") {
    const Running server(echo, {.limits = {.queue = 200}});
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
    for (auto& client : clients) client->send(get("/together"));

    int served = 0;
    for (auto& client : clients) served += client->receive().ends_with("GET /together") ? 1 : 0;

    CHECK(served == 200);
}
