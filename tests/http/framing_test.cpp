#include <string>

#include <catch2/catch.hpp>

#include "http/framing.hpp"

using namespace std::string_literals;
using izde::http::Frame;
using izde::http::Framing;
using izde::http::Incomplete;
using izde::http::Problem;

namespace {

auto frame(std::string_view bytes) {
    return Framing().look(bytes);
}

int refused(std::string_view bytes) {
    const auto result = frame(bytes);
    REQUIRE(std::holds_alternative<Problem>(result));
    return std::get<Problem>(result).status;
}

std::string with_header(const std::string& line) {
    return "POST /a HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a request ends where its head and its body end", "[http][framing]") {
    const auto plain = std::get<Frame>(frame("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /next"));
    const auto body = std::get<Frame>(frame(with_header("content-length: 3") + "abcdef"));

    CHECK(plain.head == 27);
    CHECK(plain.body == 0);
    CHECK_FALSE(plain.closes);
    CHECK(body.body == 3);
}

TEST_CASE("every beginning of a good request is incomplete, never wrong", "[http][framing]") {
    const std::string request = with_header("Content-Length: 5") + "12345";

    for (std::size_t size = 0; size < request.size(); ++size) {
        CAPTURE(size);
        CHECK(std::holds_alternative<Incomplete>(frame(request.substr(0, size))));
    }
    CHECK(std::holds_alternative<Frame>(frame(request)));
}

TEST_CASE("a client that waits for permission to send its body is noticed", "[http][framing]") {
    const auto result = frame(with_header("Content-Length: 5\r\nExpect: 100-continue"));

    CHECK(std::get<Incomplete>(result).awaits_continue);
}

TEST_CASE("a connection closes when the client says so or speaks HTTP/1.0", "[http][framing]") {
    CHECK(std::get<Frame>(frame(with_header("Content-Length: 0\r\nConnection: Close"))).closes);
    CHECK(std::get<Frame>(frame("GET / HTTP/1.0\r\n\r\n")).closes);
}

TEST_CASE("a request whose border two readers could see differently is refused", "[http][framing]") {
    CHECK(refused(with_header("Content-Length: 3\r\nContent-Length: 3")) == 400);
    CHECK(refused(with_header("Content-Length: 3, 3")) == 400);
    CHECK(refused(with_header("Content-Length: +3")) == 400);
    CHECK(refused(with_header("Content-Length: -3")) == 400);
    CHECK(refused(with_header("Content-Length: 0x3")) == 400);
    CHECK(refused(with_header("Content-Length:")) == 400);
    CHECK(refused(with_header("Content-Length : 3")) == 400);
    CHECK(refused(with_header("Transfer-Encoding: chunked")) == 411);
    CHECK(refused(with_header("X: a\r\n folded")) == 400);
    CHECK(refused(with_header("no colon")) == 400);
    CHECK(refused(with_header(": no name")) == 400);
    CHECK(refused(with_header("X: a\rb")) == 400);
    CHECK(refused(with_header("X: a\0b"s)) == 400);
    CHECK(refused("GET / HTTP/1.1\nHost: x\n\n") == 400);
    CHECK(refused("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(refused(with_header("Host: y")) == 400);
}

TEST_CASE("what is too large is refused before it is read", "[http][framing]") {
    CHECK(refused(with_header("Content-Length: 65537")) == 413);
    CHECK(refused(with_header("Content-Length: 99999999999999999999999")) == 413);
    CHECK(refused("GET /" + std::string(9000, 'a')) == 414);
    CHECK(refused("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a')) == 431);
    std::string many;
    for (int i = 0; i < 120; ++i) many += "X: a\r\n";
    CHECK(refused(with_header(many + "Y: b")) == 431);
    CHECK(refused(with_header("Content-Encoding: gzip")) == 415);
}

TEST_CASE("a line that is wrong is refused before the head is complete", "[http][framing]") {
    CHECK(refused("EHLO mail.example.org\r\n") == 400);
    CHECK(refused("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n") == 400);
    CHECK(refused("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n") == 411);
}

TEST_CASE("an empty line before a request is overlooked, a second is not", "[http][framing]") {
    const auto late = std::get<Frame>(frame("\r\nGET /a?b HTTP/1.1\r\nHost: x\r\n\r\n"));

    CHECK(late.begin == 2);
    CHECK(late.method == "GET");
    CHECK(late.path_in("\r\nGET /a?b HTTP/1.1\r\nHost: x\r\n\r\n") == "/a");
    CHECK(std::holds_alternative<Incomplete>(frame("\r")));
    CHECK(std::holds_alternative<Incomplete>(frame("\r\n")));
    CHECK(refused("\r\n\r\n") == 400);
    CHECK(refused("\rGET") == 400);
}

TEST_CASE("bytes of another protocol are refused at the first of them", "[http][framing]") {
    CHECK(refused("\x16\x03\x01\x02") == 400);
    CHECK(refused("\xff") == 400);
    CHECK(refused("{}") == 400);
}
