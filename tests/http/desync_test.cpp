// Requests whose border two readers could see differently, with another request hidden behind it: it must
// never be answered, however the bytes arrive.
#include <atomic>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "support/raw_client.hpp"
#include "support/running_server.hpp"

using namespace std::string_literals;
using izde::http::Message;
using izde::tests::echo;
using izde::tests::get;
using izde::tests::RawClient;
using izde::tests::Running;

namespace {

const std::string marker = "GET /marker HTTP/1.1\r\nHost: x\r\n\r\n";

std::string request(const std::string& method, const std::string& lines) {
    return method + " / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n";
}

// Heads that must be refused; what follows each is a body to some readers, and a request to others.
std::vector<std::string> heads() {
    const std::string length = std::to_string(marker.size());
    std::vector<std::string> all;
    for (const std::string coding :
         {"chunked", "Chunked", "CHUNKED", "gzip, chunked", "chunked, gzip", "chunked, chunked", "identity",
          "xchunked", " chunked", "chunked ", "\tchunked", "\"chunked\"", "chunked;a=b", "", "cow"}) {
        all.push_back(request("POST", "Transfer-Encoding: " + coding));
        all.push_back(request("POST", "Content-Length: " + length + "\r\nTransfer-Encoding: " + coding));
        all.push_back(request("POST", "Transfer-Encoding: " + coding + "\r\nContent-Length: 0"));
    }
    for (const std::string name :
         {"Transfer-Encoding ", " Transfer-Encoding", "Transfer-Encoding\t", "TrAnSfEr-EnCoDiNg",
          "Transfer\\Encoding", "Transfer-Encoding\r", "X\r\n Transfer-Encoding"})
        all.push_back(request("POST", "Content-Length: 0\r\n" + name + ": chunked"));
    for (const auto& number : {"+5"s,
                               "-1"s,
                               "-0"s,
                               "0x5"s,
                               "5,5"s,
                               "5, 5"s,
                               "5;5"s,
                               "5 5"s,
                               "5.0"s,
                               "1e1"s,
                               "five"s,
                               ""s,
                               "\"5\""s,
                               "5\0"s,
                               "18446744073709551616"s,
                               "18446744073709551615"s,
                               "9223372036854775808"s,
                               "4294967296"s,
                               "99999999999999999999999"s,
                               "65537"s,
                               "\xd9\xa5"s,
                               "0\r\n 5"s,
                               "5\rX: "s})
        all.push_back(request("POST", "Content-Length: " + number));
    for (const std::string lengths :
         {"Content-Length: 0\r\nContent-Length: ", "Content-Length: 5\r\ncontent-length: ",
          "Content-Length : ", " Content-Length: ", "Content-Length: 0\r\nContent-Length : ",
          "Content-Length\r\n: "})
        all.push_back(request("POST", lengths + length));
    for (const std::string method : {"GET", "HEAD", "OPTIONS"}) {
        all.push_back(request(method, "Content-Length: " + length));
        all.push_back(request(method, "Transfer-Encoding: chunked"));
    }
    for (const std::string lines :
         {"Expect: 100-continue\r\nTransfer-Encoding: chunked", "Expect: 200-ok\r\nContent-Length: 0",
          "Expect: 100-continue, x\r\nContent-Length: 0", "Expect: 100-continue\r\nContent-Length: 70000",
          "Trailer: X\r\nTransfer-Encoding: chunked", "Content-Encoding: gzip\r\nContent-Length: 0",
          "Host: y\r\nContent-Length: 0",
          "X: a\x01"
          "b\r\nContent-Length: 0"})
        all.push_back(request("POST", lines));
    all.push_back(request("POST", "X: a"));                                  // no length at all
    all.push_back("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\n\r\n");  // a bare line feed
    all.push_back("POST / HTTP/1.1\nHost: x\nContent-Length: 0\n\n");
    all.push_back("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\n");
    all.push_back("POST / HTTP/1.1\r\nHost: x\rContent-Length: 0\r\n\r\n");
    all.push_back("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");  // no host
    all.push_back("POST / HTTP/1.1\r\nHost: x@y\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST / HTTP/1.1\r\nHost: x y\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST  / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST /  HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST / HTTP/1.1 \r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST / HTTP/1.10\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST / http/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST http://x/ HTTP/1.1\r\nHost: y\r\nContent-Length: 0\r\n\r\n");
    all.push_back("POST /\r\nHost: x\r\n\r\n");  // HTTP/0.9
    all.push_back("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    all.push_back("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n");
    return all;
}

std::vector<std::string> bodies() {
    return {"0\r\n\r\n" + marker, "-2\r\n" + marker, "5\r\nabcde\r\n0\r\nX: y\r\n\r\n" + marker, marker};
}

enum class Delivery { at_once, behind_the_head, byte_by_byte };

void send(const RawClient& client, const std::string& bytes, std::size_t head, Delivery delivery) {
    if (delivery == Delivery::at_once) return client.send(bytes);
    if (delivery == Delivery::behind_the_head) {
        client.send(bytes.substr(0, head));
        return client.send(bytes.substr(head));
    }
    for (const char byte : bytes) client.send({&byte, 1});
}

std::size_t answers_in(const std::string& bytes) {
    std::size_t count = 0;
    for (auto at = bytes.find("HTTP/1.1 "); at != std::string::npos; at = bytes.find("HTTP/1.1 ", at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("a request with a doubtful border is answered once, and nothing behind it is", "[http][desync]") {
    std::atomic<int> executed = 0;
    const Running server([&](const Message& message) {
        ++executed;
        return echo(message);
    });
    const auto delivery = GENERATE(Delivery::at_once, Delivery::behind_the_head, Delivery::byte_by_byte);
    const auto all = heads();
    REQUIRE(all.size() > 100);

    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& head = all[i];
        const auto hidden = bodies()[i % bodies().size()];
        CAPTURE(head, hidden, static_cast<int>(delivery));
        RawClient client(server.port());
        send(client, head + hidden, head.size(), delivery);
        const auto bytes = client.receive_all();
        CHECK(bytes.starts_with("HTTP/1.1 4"));
        CHECK(answers_in(bytes) == 1);
        CHECK(bytes.find("Connection: close\r\n") != std::string::npos);
    }
    CHECK(executed == 0);
    CHECK(RawClient(server.port()).ask(get("/alive")).ends_with("GET /alive"));
}

TEST_CASE("a body with a request in it stays a body, however it arrives", "[http][desync]") {
    const Running server(echo);
    const auto delivery = GENERATE(Delivery::at_once, Delivery::behind_the_head, Delivery::byte_by_byte);
    const std::string head = request("POST", "Content-Length: " + std::to_string(marker.size()));
    RawClient client(server.port());

    send(client, head + marker + get("/next"), head.size(), delivery);

    CHECK(client.receive().ends_with("POST / body=" + marker));
    CHECK(client.receive().ends_with("GET /next"));
}

TEST_CASE("a client that was told to wait and does not is read right", "[http][desync]") {
    const Running server(echo);
    RawClient client(server.port());

    client.send(request("POST", "Expect: 100-continue\r\nContent-Length: 4") + "body" + get("/next"));

    CHECK(client.receive().ends_with("POST / body=body"));
    CHECK(client.receive().ends_with("GET /next"));
}
