// Tells one thread what happened on many sockets (epoll), and lets other threads wake it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

#include <sys/epoll.h>

namespace izde::http {

class Watch {
  public:
    Watch();  // throws std::system_error where the system has no descriptors left
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

    // A client's socket: each change is told once. False: the system refuses.
    bool add(int client) const;
    // A listening socket: told as long as someone waits at it, and it is not paused.
    bool add_door(int listener) const;
    // Before it is closed: another process may have it, too.
    void remove(int listener) const;
    void pause(int listener, bool is_paused) const;

    // What happened: sockets, in no order; after a wake() nothing of it. Less than zero: for as long as it
    // takes.
    std::span<const epoll_event> wait(std::chrono::milliseconds limit);
    void wake() const;  // from any thread

  private:
    int epoll_, event_;
    std::array<epoll_event, 256> events_ = {};
};

}  // namespace izde::http
