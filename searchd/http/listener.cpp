#include "http/listener.hpp"

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace izde::http {
namespace {

constexpr int backlog = 1024;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

std::string text_of(const std::string& host, int port) {
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string hint_for(int error, const std::string& host, int port) {
    if (error == EADDRINUSE) {
        return "another program, perhaps another izde-searchd, holds this port; choose another: --listen " +
               text_of(host, port < 65535 ? port + 1 : port - 1);
    }
    if (error == EACCES)
        return "ports below 1024 need a privilege; choose another: --listen " + text_of(host, 8080);
    if (error == EADDRNOTAVAIL) return "this machine does not have this address";
    return {};
}

Failure cannot_listen(const std::string& host, int port, const std::string& why, std::string hint) {
    return fail(Errc::io, "cannot listen on " + text_of(host, port) + ": " + why, std::move(hint));
}

// A listening socket, or -1 with errno set.
int open_socket(const addrinfo& address) {
    const int fd = socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol);
    if (fd < 0) return -1;
    const int on = 1;
    // A restart must not wait for old connections. SO_REUSEPORT would let two servers share the port.
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    // Connections inherit it; without it each answer on a kept connection takes 40 ms.
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, address.ai_addr, address.ai_addrlen) == 0 && ::listen(fd, backlog) == 0) return fd;
    const int error = errno;
    close(fd);
    errno = error;
    return -1;
}

}  // namespace

Result<Listener> Listener::open(const std::string& host, int port) {
    addrinfo wanted = {};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failed = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (failed != 0)
        return cannot_listen(host, port, gai_strerror(failed), "write an address, as in 127.0.0.1:8080");
    const Addresses addresses(found, freeaddrinfo);
    int error = 0;
    for (const auto* address = addresses.get(); address != nullptr; address = address->ai_next) {
        const int fd = open_socket(*address);
        if (fd >= 0) return Listener(fd);
        error = errno;
    }
    return cannot_listen(host, port, std::generic_category().message(error), hint_for(error, host, port));
}

Listener::Listener(Listener&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Listener& Listener::operator=(Listener&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

Listener::~Listener() {
    if (fd_ >= 0) close(fd_);
}

int Listener::port() const {
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    if (getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    const bool is_v6 = address.ss_family == AF_INET6;
    return ntohs(is_v6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                       : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

void Listener::shut() const {
    shutdown(fd_, SHUT_RDWR);
}

}  // namespace izde::http
