// A small HTTP client over a real socket: one connection, kept alive.
#pragma once

#include <stdexcept>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace izde::tests {

struct Response {
    int status = 0;
    std::string head, body;
};

inline std::string url_encode(const std::string& text) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'))
            encoded += c;
        else
            encoded.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return encoded;
}

class HttpClient {
  public:
    explicit HttpClient(int port) : port_(port) {}
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient() { disconnect(); }

    Response get(const std::string& target) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    // A whole request as it goes over the wire. A kept connection that was closed meanwhile is
    // opened anew, as every client does.
    Response send(const std::string& request) {
        const bool kept = fd_ >= 0;
        try {
            return exchange(request);
        } catch (const std::runtime_error&) {
            if (!kept) throw;
            disconnect();
            return exchange(request);
        }
    }

  private:
    Response exchange(const std::string& request) {
        if (fd_ < 0) connect();
        for (std::size_t sent = 0; sent < request.size();) {
            const ssize_t n = ::send(fd_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) throw std::runtime_error("cannot send");
            sent += static_cast<std::size_t>(n);
        }
        std::string bytes;
        while (bytes.find("\r\n\r\n") == std::string::npos) receive(bytes);
        const std::size_t end = bytes.find("\r\n\r\n") + 4;
        Response response{std::stoi(bytes.substr(9, 3)), bytes.substr(0, end), bytes.substr(end)};
        const std::size_t at = response.head.find("Content-Length: ");
        const std::size_t length = at == std::string::npos ? 0 : std::stoul(response.head.substr(at + 16));
        const bool bodiless = request.starts_with("HEAD ") || response.status == 304;
        while (!bodiless && response.body.size() < length) receive(response.body);
        if (response.head.find("Connection: close") != std::string::npos) disconnect();
        return response;
    }

    void receive(std::string& into) const {
        char buffer[65536];
        const ssize_t n = ::recv(fd_, buffer, sizeof buffer, 0);
        if (n <= 0) throw std::runtime_error("connection closed");
        into.append(buffer, static_cast<std::size_t>(n));
    }

    void connect() {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port_));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{30, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            disconnect();
            throw std::runtime_error("cannot connect");
        }
    }

    void disconnect() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    int port_;
    int fd_ = -1;
};

}  // namespace izde::tests
