// Each limit of what a client may ask, just below it, at it and just above.
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "http/framing.hpp"
#include "http/server.hpp"
#include "support/raw_client.hpp"
#include "support/running_server.hpp"

using izde::http::largest_body;
using izde::http::largest_head;
using izde::http::longest_line;
using izde::http::Message;
using izde::http::most_headers;
using izde::tests::contains;
using izde::tests::echo;
using izde::tests::Gate;
using izde::tests::get;
using izde::tests::post;
using izde::tests::RawClient;
using izde::tests::Running;

namespace {

const std::string host = "Host: x\r\n", end = "\r\n";

std::string with_line(std::size_t size) {
    const std::string around = "GET / HTTP/1.1\r\n";
    return "GET /" + std::string(size - around.size(), 'a') + " HTTP/1.1\r\n" + host + end;
}

std::string with_header_line(std::size_t size) {
    return "GET / HTTP/1.1\r\n" + host + "X: " + std::string(size - 5, 'a') + end + end;
}

std::string with_head(std::size_t size) {
    const std::string full = "X: " + std::string(7000, 'a') + end;
    const std::string head = "GET / HTTP/1.1\r\n" + host + full + full + "Y: ";
    return head + std::string(size - head.size() - 4, 'b') + end + end;
}

std::string with_headers(std::size_t count) {
    std::string head = "GET / HTTP/1.1\r\n" + host;
    for (std::size_t i = 1; i < count; ++i) head += "X: a\r\n";
    return head + end;
}

std::string with_body(std::size_t size) {
    return post(std::string(size, 'a'));
}

struct Row {
    std::string name;
    std::string (*make)(std::size_t size);
    std::size_t most;
    int refusal;
};

using Clients = std::vector<std::unique_ptr<RawClient>>;

void connect(Clients& clients, const Running& server, int count, const char* from) {
    for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<RawClient>(server.port(), from));
}

int answered(Clients& clients) {
    int count = 0;
    for (auto& client : clients) count += contains(client->ask(get("/")), " 200 ") ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a request may be as large as it may be, and not a byte larger", "[http][limits]") {
    const auto row = GENERATE(values<Row>({
        {"request line", with_line, longest_line, 414},
        {"header line", with_header_line, longest_line, 431},
        {"head", with_head, largest_head, 431},
        {"headers", with_headers, most_headers, 431},
        {"body", with_body, largest_body, 413},
    }));
    const Running server([](const Message&) { return izde::http::Answer{.body = "fine"}; });

    for (const bool fits : {true, false}) {
        for (const std::size_t size :
             fits ? std::vector{row.most - 1, row.most} : std::vector{row.most + 1}) {
            CAPTURE(row.name, size);
            RawClient client(server.port());
            const auto answer = client.ask(row.make(size));
            CHECK(answer.starts_with("HTTP/1.1 " + std::to_string(fits ? 200 : row.refusal) + " "));
            if (!fits) CHECK(client.is_closed());
        }
    }
}

TEST_CASE("an address has as many connections as it may, others are not concerned", "[http][limits]") {
    const Running server(echo, {.limits = {.per_address = 3}});
    Clients clients, others;
    connect(clients, server, 3, "127.0.0.2");
    CHECK(answered(clients) == 3);

    RawClient fourth(server.port(), "127.0.0.2");
    const auto refused = fourth.receive();
    connect(others, server, 2, "127.0.0.3");

    CHECK(refused.starts_with("HTTP/1.1 429 "));
    CHECK(contains(refused, "Retry-After: 1\r\n"));
    CHECK(fourth.is_closed());
    CHECK(answered(others) == 2);
    CHECK(answered(clients) == 3);
    CHECK(server.load().refused_address == 1);
}

TEST_CASE("an address that has left may come again", "[http][limits]") {
    const Running server(echo, {.limits = {.per_address = 1}});
    {
        RawClient first(server.port(), "127.0.0.2");
        CHECK(contains(first.ask(get("/", "Connection: close\r\n")), " 200 "));
        CHECK(first.is_closed());
    }

    const auto is_let_in = [&] {
        return contains(RawClient(server.port(), "127.0.0.2").ask(get("/")), " 200 ");
    };
    bool was_let_in = is_let_in();
    for (int i = 0; i < 1000 && !was_let_in; ++i) was_let_in = is_let_in();

    CHECK(was_let_in);
}

TEST_CASE("a reverse proxy on this machine is not taken for one client", "[http][limits]") {
    const Running server(echo, {.limits = {.per_address = 1}});
    Clients clients;
    connect(clients, server, 5, "127.0.0.1");

    CHECK(answered(clients) == 5);
}

TEST_CASE("there are as many connections as there may be, and the next is told why", "[http][limits]") {
    const Running server(echo, {.limits = {.connections = 5}});
    Clients clients;
    connect(clients, server, 5, "127.0.0.1");
    CHECK(answered(clients) == 5);

    RawClient sixth(server.port());
    const auto refused = sixth.receive();

    CHECK(refused.starts_with("HTTP/1.1 503 "));
    CHECK(contains(refused, "Retry-After: 1\r\n"));
    CHECK(answered(clients) == 5);
    CHECK(server.load().refused_total == 1);
}

TEST_CASE("as many requests wait as may, and the next is refused at once", "[http][limits]") {
    Gate gate;
    const Running server(
        [&](const Message& request) {
            gate.pass();
            return echo(request);
        },
        {.limits = {.queue = 2}, .workers = 1});
    RawClient working(server.port());
    working.send(get("/working"));
    gate.wait_for(1);
    Clients waiting;
    connect(waiting, server, 3, "127.0.0.1");
    for (auto& client : waiting) client->send(get("/waiting"));

    // Two of the three wait; which, is for the system to say.
    std::string refused;
    while (server.load().refused_busy == 0) std::this_thread::yield();
    gate.open();
    int served = 0;
    for (auto& client : waiting) {
        const auto answer = client->receive();
        if (contains(answer, " 200 "))
            ++served;
        else
            refused = answer;
    }

    CHECK(served == 2);
    CHECK(refused.starts_with("HTTP/1.1 503 "));
    CHECK(contains(refused, "Retry-After: 1\r\n"));
    CHECK(contains(refused, "\"code\":\"busy\""));
    CHECK_FALSE(contains(refused, "Connection: close"));
    CHECK(working.receive().ends_with("GET /working"));
    CHECK(answered(waiting) == 3);
}

TEST_CASE("what needs no waiting is answered while all workers are busy", "[http][limits]") {
    Gate gate;
    const Running server(
        [&](const Message& request) {
            if (request.path == "/slow") gate.pass();
            return echo(request);
        },
        {.limits = {.queue = 1}, .workers = 1, .at_once = [](std::string_view path) {
             return path == "/quick";
         }});
    RawClient slow(server.port()), quick(server.port());
    slow.send(get("/slow"));
    gate.wait_for(1);

    CHECK(quick.ask(get("/quick?q=1")).ends_with("GET /quick q=1"));
    CHECK(server.load().answered_at_once == 1);
    gate.open();
    CHECK(slow.receive().ends_with("GET /slow"));
}

TEST_CASE("an address that fills the queue gives way to one that has fewer in it", "[http][limits]") {
    Gate gate;
    const Running server(
        [&](const Message& request) {
            gate.pass();
            return echo(request);
        },
        {.limits = {.queue = 3}, .workers = 1});
    RawClient working(server.port());
    working.send(get("/working"));
    gate.wait_for(1);
    Clients eager;
    connect(eager, server, 3, "127.0.0.2");
    for (auto& client : eager) client->send(get("/eager"));
    while (server.load().queued < 3) std::this_thread::yield();

    RawClient honest(server.port(), "127.0.0.3");
    honest.send(get("/honest"));
    while (server.load().refused_busy == 0) std::this_thread::yield();
    gate.open();

    CHECK(honest.receive().ends_with("GET /honest"));
    CHECK(working.receive().ends_with("GET /working"));
    CHECK(std::ranges::count_if(eager, [](auto& one) { return contains(one->receive(), " 200 "); }) == 2);
}

TEST_CASE("addresses take turns, however much one of them asks", "[http][limits]") {
    Gate gate;
    std::mutex mutex;
    std::vector<std::string> order;
    const Running server(
        [&](const Message& request) {
            gate.pass();
            const std::lock_guard lock(mutex);
            order.push_back(request.path);
            return echo(request);
        },
        {.limits = {.queue = 9}, .workers = 1});
    RawClient working(server.port());
    working.send(get("/working"));
    gate.wait_for(1);
    Clients waiting;
    const auto queue_up = [&](const std::string& address, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto before = server.load().queued.load();
            waiting.push_back(std::make_unique<RawClient>(server.port(), address.c_str()));
            waiting.back()->send(get("/" + address));
            while (server.load().queued == before) std::this_thread::yield();
        }
    };
    queue_up("127.0.0.2", 4);
    queue_up("127.0.0.3", 1);
    queue_up("127.0.0.4", 2);
    queue_up("127.0.0.1", 1);  // whose turn was just now
    gate.open();
    for (auto& client : waiting) CHECK(contains(client->receive(), " 200 "));

    CHECK(order == std::vector<std::string>{"/working", "/127.0.0.2", "/127.0.0.3", "/127.0.0.4",
                                            "/127.0.0.2", "/127.0.0.4", "/127.0.0.1", "/127.0.0.2",
                                            "/127.0.0.2"});
}

TEST_CASE("who is slow is not waited for longer than allowed, whatever trickles in", "[http][limits]") {
    using std::chrono::milliseconds;
    const Running server(
        echo,
        {.limits = {.head = milliseconds(1000), .request = milliseconds(1000), .idle = milliseconds(1000)}});
    RawClient silent(server.port()), half(server.port()), body(server.port()), kept(server.port());
    half.send("GET / HT");
    body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(contains(kept.ask(get("/")), " 200 "));

    for (auto* slow : {&half, &body}) {
        const auto answer = slow->receive();
        CHECK(answer.starts_with("HTTP/1.1 408 "));
        CHECK(contains(answer, "Connection: close\r\n"));
        CHECK(slow->is_closed());
    }
    CHECK(silent.is_closed());
    CHECK(kept.is_closed());
    CHECK(server.load().timed_out_heads == 2);
    CHECK(server.load().timed_out_idle == 2);
}

TEST_CASE("an answer that nobody reads is given up", "[http][limits]") {
    const Running server(
        [](const Message&) { return izde::http::Answer{.body = std::string(20'000'000, 'a')}; },
        {.limits = {.answer = std::chrono::milliseconds(50)}});
    RawClient stuck(server.port(), "127.0.0.1", 4096);
    stuck.send(get("/"));

    while (server.load().timed_out_answers == 0) std::this_thread::yield();
    while (server.load().connections > 0) std::this_thread::yield();

    CHECK(stuck.receive_all().size() < 20'000'000);
    CHECK(server.load().held_bytes == 0);
}

TEST_CASE("answers that nobody reads take no more memory than allowed", "[http][limits]") {
    const Running server(
        [](const Message&) { return izde::http::Answer{.body = std::string(8'000'000, 'a')}; },
        {.limits = {.held = 9'000'000}});
    Clients stuck;
    connect(stuck, server, 4, "127.0.0.1");
    for (auto& client : stuck) client->send(get("/"));

    while (server.load().dropped == 0) std::this_thread::yield();

    RawClient honest(server.port());
    CHECK(honest.ask(get("/")).size() > 8'000'000);
}

TEST_CASE("who asks nothing makes room for others", "[http][limits]") {
    const Running server(echo, {.limits = {.connections = 4}});
    Clients idle;
    connect(idle, server, 4, "127.0.0.1");
    CHECK(answered(idle) == 4);

    // A connection is young for a second; until then the new one is refused.
    bool was_let_in = false;
    while (!was_let_in) was_let_in = contains(RawClient(server.port()).ask(get("/")), " 200 ");

    CHECK(server.load().dropped > 0);
}
