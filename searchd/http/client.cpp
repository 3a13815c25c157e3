#include "http/client.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace izde::http {
namespace {

constexpr std::size_t kept_room = 2048;  // for the next request of an idle connection

bool can_retry() {
    return errno == EAGAIN || errno == EINTR;
}

void empty(std::string& text) {
    text.clear();
    if (text.capacity() > kept_room) std::string().swap(text);
}

}  // namespace

Client::Client(int socket, const Peer& peer, Time now, const Limits& limits)
    : socket_(socket), peer_(peer), limits_(limits), began_(now), deadline_(now + limits.idle) {}

Client::~Client() {
    close(socket_);
}

bool Client::notice() {
    auto owner = Owner::worker;
    return !owner_.compare_exchange_strong(owner, Owner::wanted, std::memory_order_acq_rel) &&
           owner == Owner::loop;
}

void Client::lend() {
    lent_until = deadline_;
    owner_.store(Owner::worker, std::memory_order_relaxed);
}

bool Client::leave_to_loop() {
    auto owner = Owner::worker;
    return owner_.compare_exchange_strong(owner, Owner::loop, std::memory_order_release);
}

Client::Read Client::receive(std::span<char> buffer) {
    const auto got = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    // A shorter read than was room for has emptied the socket, but the end may stand behind it. That is
    // looked for here: a worker that does not know must hand the client back with a word to the loop.
    more_ = got == static_cast<ssize_t>(buffer.size()) || (got > 0 && until_empty_ && !is_empty()) ||
            (got < 0 && errno == EINTR);
    until_empty_ = until_empty_ && more_;
    if (got == 0 || (got < 0 && !can_retry())) return Read::ended;
    if (got < 0) return Read::none;
    if (phase_ != Phase::lingering) bytes_.append(buffer.data(), static_cast<std::size_t>(got));
    return Read::some;
}

bool Client::is_empty() const {
    char next = 0;
    return recv(socket_, &next, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN;
}

std::variant<Incomplete, Frame, Problem> Client::look(Time now) {
    if (phase_ == Phase::idle) {
        phase_ = Phase::reading;
        began_ = now;
        deadline_ = now + limits_.head;
    }
    auto found = framing_.look(bytes_);
    if (const auto* incomplete = std::get_if<Incomplete>(&found)) {
        if (incomplete->has_head) deadline_ = began_ + limits_.request;
        return found;
    }
    if (const auto* frame = std::get_if<Frame>(&found)) frame_ = *frame;
    phase_ = Phase::working;
    deadline_ = began_ + limits_.request;
    return found;
}

bool Client::allow_body() {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    if (std::exchange(was_told_, true)) return true;
    const auto sent = ::send(socket_, go_on.data(), go_on.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent == static_cast<ssize_t>(go_on.size());
}

void Client::begin_answer(std::string bytes, bool is_last, Time now) {
    out_ = std::move(bytes);
    sent_ = 0;
    is_last_ = is_last;
    phase_ = Phase::answering;
    deadline_ = now + limits_.answer;
}

void Client::send(Time now) {
    while (sent_ < out_.size()) {
        const auto sent =
            ::send(socket_, out_.data() + sent_, out_.size() - sent_, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) return;
        if (sent < 0) {
            phase_ = Phase::broken;
            return;
        }
        sent_ += static_cast<std::size_t>(sent);
    }
    end_answer(now);
}

void Client::end_answer(Time now) {
    std::string().swap(out_);
    sent_ = 0;
    if (is_last_) {
        std::string().swap(bytes_);
        shutdown(socket_, SHUT_WR);
        phase_ = Phase::lingering;
        deadline_ = now + limits_.linger;
        return;
    }
    bytes_.erase(0, frame_.size());
    if (bytes_.empty()) empty(bytes_);
    framing_ = {};
    was_told_ = false;
    phase_ = Phase::idle;
    began_ = now;
    deadline_ = now + limits_.idle;
}

void Client::break_off() {
    shutdown(socket_, SHUT_RDWR);
}

bool Client::is_read() const {
    int unread = 0;
    return ioctl(socket_, SIOCOUTQ, &unread) != 0 || unread == 0;
}

void Client::abandon() {
    const linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace izde::http
