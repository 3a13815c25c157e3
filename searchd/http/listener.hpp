// A socket that waits for connections on an address of this machine.
#pragma once

#include <string>
#include <vector>

#include "izde/result.hpp"

namespace izde::http {

class Listener {
  public:
    // Port 0 takes a free one. Never shares a port with another process.
    static Result<Listener> open(const std::string& host, int port);

    // Those that the service manager opened for this process and passed on (LISTEN_FDS, as systemd does): TCP
    // or Unix sockets; none if it passed none. At most once, before other threads are started.
    static Result<std::vector<Listener>> passed_on();

    Listener(Listener&& other) noexcept;
    Listener& operator=(Listener&& other) noexcept;
    ~Listener();

    int fd() const { return fd_; }
    int port() const;           // 0: a Unix socket
    std::string where() const;  // "http://127.0.0.1:8080/", "unix:/run/izde.socket"

  private:
    explicit Listener(int fd) : fd_(fd) {}
    int fd_ = -1;
};

}  // namespace izde::http
