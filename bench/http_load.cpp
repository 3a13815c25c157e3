#include "http_load.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace izde::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int socket = -1;
    std::string bytes;
    Clock::time_point asked;
};

int connect_to(const Asked& asked) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(asked.port));
    inet_pton(AF_INET, asked.host.c_str(), &address.sin_addr);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
    close(socket);
    throw std::runtime_error("nobody listens on port " + std::to_string(asked.port));
}

// Bytes of the answer that stands first; 0: it is not complete.
std::size_t answer_in(const std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    const auto at = bytes.find("Content-Length: ");
    const std::size_t body = at > end ? 0 : std::stoul(bytes.substr(at + 16, 20));
    return bytes.size() >= end + 4 + body ? end + 4 + body : 0;
}

class Load {
  public:
    explicit Load(const Asked& asked) : asked_(asked), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        for (const auto& target : asked.targets)
            requests_.push_back("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + asked.headers +
                                "\r\n");
        connections_.resize(static_cast<std::size_t>(asked.connections));
        for (auto& connection : connections_) {
            connection.socket = connect_to(asked);
            epoll_event event = {.events = EPOLLIN, .data = {.ptr = &connection}};
            epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const auto& connection : connections_) close(connection.socket);
        close(epoll_);
    }

    Served run() {
        const auto start = Clock::now(), end = start + std::chrono::duration_cast<Clock::duration>(
                                                           std::chrono::duration<double>(asked_.seconds));
        for (auto& connection : connections_) ask(connection);
        while (Clock::now() < end) {
            std::array<epoll_event, 64> events = {};
            const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
            for (int i = 0; i < count; ++i)
                receive(*static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr));
        }
        return summary(std::chrono::duration<double>(Clock::now() - start).count());
    }

  private:
    void ask(Connection& connection) {
        const auto& request = requests_[next_++ % requests_.size()];
        connection.asked = Clock::now();
        if (send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) ++served_.failures;
    }

    void receive(Connection& connection) {
        std::array<char, 65'536> buffer;
        const auto got = recv(connection.socket, buffer.data(), buffer.size(), 0);
        if (got <= 0) {  // a server may close a kept connection; a lost answer is a failure
            ++served_.failures;
            epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket, nullptr);
            return;
        }
        connection.bytes.append(buffer.data(), static_cast<std::size_t>(got));
        const auto size = answer_in(connection.bytes);
        if (size == 0) return;
        times_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - connection.asked).count());
        if (connection.bytes.compare(9, 3, "200") != 0) ++served_.failures;
        bytes_ += size;
        connection.bytes.erase(0, size);
        ask(connection);
    }

    Served summary(double seconds) {
        std::ranges::sort(times_);
        served_.answers = times_.size();
        if (times_.empty()) return served_;
        const auto count = static_cast<double>(times_.size());
        served_.per_second = count / seconds;
        served_.bytes = static_cast<double>(bytes_) / count;
        served_.p50_ms = times_[times_.size() / 2];
        served_.p99_ms = times_[times_.size() * 99 / 100];
        return served_;
    }

    const Asked& asked_;
    int epoll_;
    std::vector<std::string> requests_;
    std::vector<Connection> connections_;
    std::size_t next_ = 0, bytes_ = 0;
    std::vector<double> times_;
    Served served_;
};

}  // namespace

Served load(const Asked& asked) {
    return Load(asked).run();
}

}  // namespace izde::bench
