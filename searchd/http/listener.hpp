// A socket that waits for connections on an address of this machine.
#pragma once

#include <string>

#include "izde/result.hpp"

namespace izde::http {

class Listener {
  public:
    // Port 0 takes a free one. Never shares a port with another process.
    static Result<Listener> open(const std::string& host, int port);
    Listener(Listener&& other) noexcept;
    Listener& operator=(Listener&& other) noexcept;
    ~Listener();

    int fd() const { return fd_; }
    int port() const;
    void shut() const;  // wakes whoever waits for a connection, with an error; from any thread

  private:
    explicit Listener(int fd) : fd_(fd) {}
    int fd_ = -1;
};

}  // namespace izde::http
