#include "http/listener.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
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
    const int fd =
        socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol);
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

sockaddr_storage address_of(int fd) {
    sockaddr_storage address = {};  // so that a path ends with a NUL
    socklen_t size = sizeof address - 1;
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return address;
}

int port_of(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return 0;
}

int number_in(const char* variable) {
    const char* text = getenv(variable);
    if (text == nullptr) return 0;
    const std::string_view digits = text;
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() ? number : 0;
}

int option_of(int fd, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    return getsockopt(fd, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

// What open_socket() would have set; false: it is no socket to listen on.
bool make_ready(int fd) {
    const int domain = option_of(fd, SO_DOMAIN);
    const bool is_known = domain == AF_INET || domain == AF_INET6 || domain == AF_UNIX;
    if (!is_known || option_of(fd, SO_TYPE) != SOCK_STREAM || option_of(fd, SO_ACCEPTCONN) != 1) return false;
    const int on = 1;
    if (domain != AF_UNIX) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) == 0;
}

}  // namespace

Result<std::vector<Listener>> Listener::passed_on() {
    constexpr int first = 3, most = 64;
    std::vector<Listener> listeners;
    const int count = number_in("LISTEN_PID") == getpid() ? std::min(number_in("LISTEN_FDS"), most) : 0;
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) unsetenv(name);
    for (int fd = first; fd < first + count; ++fd) {
        if (!make_ready(fd)) {
            return fail(Errc::bad_argument,
                        "descriptor " + std::to_string(fd) + " that was passed on is no socket to listen on",
                        "the socket unit must say ListenStream= and Accept=no");
        }
        listeners.push_back(Listener(fd));
    }
    return listeners;
}

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
    return port_of(address_of(fd_));
}

std::string Listener::where() const {
    const auto address = address_of(fd_);
    if (address.ss_family == AF_UNIX) {
        const std::string path = reinterpret_cast<const sockaddr_un&>(address).sun_path;
        return "unix:" + (path.empty() ? "(without a path)" : path);
    }
    std::array<char, INET6_ADDRSTRLEN> host = {};
    if (address.ss_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, host.data(),
                  host.size());
    else
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, host.data(), host.size());
    return "http://" + text_of(host.data(), port_of(address)) + "/";
}

}  // namespace izde::http
