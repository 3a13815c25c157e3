// A client that sends any bytes and reads what comes back; knows no more of HTTP than Content-Length.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace izde::tests {

class RawClient {
  public:
    // From an address of this machine: any of 127.0.0.0/8. `room`: bytes that may
    // arrive before they are read; 0: as the system likes.
    explicit RawClient(int port, const char* from = "127.0.0.1", int room = 0)
        : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience = {.tv_sec = 20, .tv_usec = 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (room > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        const auto here = address_of(from, 0), there = address_of("127.0.0.1", port);
        if (bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
            connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
            close(socket_);
            throw std::runtime_error("cannot connect");
        }
    }
    // At a Unix socket.
    explicit RawClient(const std::string& path) : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un there = {};
        there.sun_family = AF_UNIX;
        path.copy(there.sun_path, sizeof there.sun_path - 1);
        if (connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
            close(socket_);
            throw std::runtime_error("cannot connect");
        }
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { close(socket_); }

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // One answer: the head, and as much body as it announces; empty when the server has closed.
    std::string receive(bool with_body = true) {
        while (bytes_.find("\r\n\r\n") == std::string::npos) {
            if (!more()) return take(bytes_.size());
        }
        const auto head = bytes_.find("\r\n\r\n") + 4;
        const auto body = with_body ? announced(bytes_.substr(0, head)) : 0;
        while (bytes_.size() < head + body && more()) {
        }
        return take(head + body);
    }

    std::string ask(std::string_view request) {
        send(request);
        return receive();
    }

    void end_sending() const { shutdown(socket_, SHUT_WR); }

    // Everything until the server ends the connection.
    std::string receive_all() {
        while (more()) continue;
        return take(bytes_.size());
    }

    // Whether the server ends the connection, with nothing more to read.
    bool is_closed() { return bytes_.empty() && !more(); }

  private:
    static sockaddr_in address_of(const char* host, int port) {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET, host, &address.sin_addr);
        return address;
    }
    static std::size_t announced(const std::string& head) {
        constexpr std::string_view name = "\r\nContent-Length: ";
        const auto at = head.find(name);
        return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
    }
    bool more() {
        char buffer[16'384];
        const auto got = recv(socket_, buffer, sizeof buffer, 0);
        if (got > 0) bytes_.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    }
    std::string take(std::size_t count) {
        auto taken = bytes_.substr(0, count);
        bytes_.erase(0, count);
        return taken;
    }

    int socket_;
    std::string bytes_;
};

}  // namespace izde::tests
