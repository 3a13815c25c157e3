#include "http/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace izde::http {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds slice{100};          // how often a waiting connection looks up
constexpr milliseconds idle_limit{5000};    // between two requests
constexpr milliseconds read_limit{10'000};  // from a request's first byte to its last
constexpr milliseconds write_limit{30'000};
constexpr milliseconds stop_limit{1000};  // for a request that is half read when we stop
constexpr milliseconds linger_limit{500};

bool is_ready(int socket, short events, milliseconds limit) {
    pollfd wait = {.fd = socket, .events = events, .revents = 0};
    return poll(&wait, 1, static_cast<int>(std::max(limit, milliseconds(0)).count())) > 0;
}

bool can_retry() {
    return errno == EAGAIN || errno == EINTR;
}

}  // namespace

Connection::~Connection() {
    close(socket_);
}

bool Connection::await_first_byte() {
    const auto end = Clock::now() + idle_limit;
    while (bytes_.empty()) {
        if (is_ready(socket_, POLLIN, slice)) return true;
        if (Clock::now() >= end || mood_() != Mood::patient) return false;
    }
    return true;
}

bool Connection::receive() {
    std::array<char, 16'384> buffer;
    const auto got = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) return can_retry();
    bytes_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
}

std::variant<Incomplete, Raw, Problem> Connection::take() {
    // RFC 9112, 2.2: an empty line before a request is overlooked.
    if (bytes_.starts_with("\r\n")) bytes_.erase(0, 2);
    const auto found = frame(bytes_);
    if (const auto* incomplete = std::get_if<Incomplete>(&found)) return *incomplete;
    if (const auto* problem = std::get_if<Problem>(&found)) return *problem;
    const auto& border = std::get<Frame>(found);
    Raw raw{.head = bytes_.substr(0, border.head),
            .body = bytes_.substr(border.head, border.body),
            .closes = border.closes};
    bytes_.erase(0, border.head + border.body);
    return raw;
}

std::optional<std::variant<Raw, Problem>> Connection::next() {
    if (!await_first_byte()) return std::nullopt;
    auto end = Clock::now() + read_limit;
    bool was_told = false;
    for (;;) {
        auto taken = take();
        if (auto* raw = std::get_if<Raw>(&taken)) return std::move(*raw);
        if (auto* problem = std::get_if<Problem>(&taken)) return std::move(*problem);
        if (std::get<Incomplete>(taken).awaits_continue && !was_told) {
            was_told = true;
            if (!send("HTTP/1.1 100 Continue\r\n\r\n")) return std::nullopt;
        }
        if (mood_() == Mood::stopping) end = std::min(end, Clock::now() + stop_limit);
        if (Clock::now() >= end) {
            return Problem{
                .status = 408, .code = "too_slow", .detail = "the request took too long to arrive"};
        }
        if (is_ready(socket_, POLLIN, slice) && !receive()) return std::nullopt;
    }
}

bool Connection::send(std::string_view bytes) {
    const auto end = Clock::now() + write_limit;
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && !can_retry()) return false;
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
        if (bytes.empty()) return true;
        if (Clock::now() >= end) return false;
        is_ready(socket_, POLLOUT, slice);
    }
    return true;
}

void Connection::linger() {
    // Closing with bytes unread would reset the connection, and the client might never see the answer.
    shutdown(socket_, SHUT_WR);
    const auto end = Clock::now() + linger_limit;
    while (Clock::now() < end && is_ready(socket_, POLLIN, slice)) {
        bytes_.clear();
        if (!receive()) return;
    }
}

}  // namespace izde::http
