// Tells what happened on many sockets (epoll): one thread waits for it, others may look, and wake it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <utility>

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

    using Room = std::array<epoll_event, 256>;
    // What happened: sockets, in no order; after a wake() nothing of it. Less than zero: for as long as it
    // takes. Each thing is told once, to who waits or to one who looks.
    std::span<const epoll_event> wait(std::chrono::milliseconds limit, Room& room) const;
    // The same for any thread. A wake() ends it, too, but stays for the one that waits.
    std::span<const epoll_event> look(std::chrono::milliseconds limit, Room& room) const;
    void wake() const;  // from any thread

  private:
    // And whether there was a wake(), which stays until it is read.
    std::pair<std::span<const epoll_event>, bool> told(std::chrono::milliseconds limit, Room& room) const;

    int epoll_, event_;
};

}  // namespace izde::http
