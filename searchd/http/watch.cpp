#include "http/watch.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <tuple>

#include <sys/eventfd.h>
#include <unistd.h>

namespace izde::http {
namespace {

bool control(int epoll, int operation, int fd, std::uint32_t events) {
    epoll_event event = {.events = events, .data = {.fd = fd}};
    return epoll_ctl(epoll, operation, fd, &event) == 0;
}

}  // namespace

Watch::Watch() : epoll_(epoll_create1(EPOLL_CLOEXEC)), event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (epoll_ >= 0 && event_ >= 0 && control(epoll_, EPOLL_CTL_ADD, event_, EPOLLIN)) return;
    const int error = errno;
    if (epoll_ >= 0) close(epoll_);
    if (event_ >= 0) close(event_);
    throw std::system_error(error, std::generic_category(), "cannot watch sockets");
}

Watch::~Watch() {
    close(epoll_);
    close(event_);
}

bool Watch::add(int client) const {
    return control(epoll_, EPOLL_CTL_ADD, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

bool Watch::add_door(int listener) const {
    return control(epoll_, EPOLL_CTL_ADD, listener, EPOLLIN);
}

void Watch::remove(int listener) const {
    control(epoll_, EPOLL_CTL_DEL, listener, 0);
}

void Watch::pause(int listener, bool is_paused) const {
    control(epoll_, EPOLL_CTL_MOD, listener, is_paused ? 0U : static_cast<std::uint32_t>(EPOLLIN));
}

std::pair<std::span<const epoll_event>, bool> Watch::told(std::chrono::milliseconds limit, Room& room) const {
    const auto found = epoll_wait(epoll_, room.data(), static_cast<int>(room.size()),
                                  static_cast<int>(std::max<std::int64_t>(limit.count(), -1)));
    auto* const all = room.begin() + std::max(found, 0);
    auto* const end = std::remove_if(room.begin(), all,
                                     [this](const epoll_event& event) { return event.data.fd == event_; });
    return {{room.begin(), end}, end != all};
}

std::span<const epoll_event> Watch::wait(std::chrono::milliseconds limit, Room& room) const {
    const auto [sockets, was_woken] = told(limit, room);
    if (was_woken) {
        std::uint64_t times = 0;
        std::ignore = read(event_, &times, sizeof times);
    }
    return sockets;
}

std::span<const epoll_event> Watch::look(std::chrono::milliseconds limit, Room& room) const {
    return told(limit, room).first;
}

void Watch::wake() const {
    const std::uint64_t once = 1;
    std::ignore = write(event_, &once, sizeof once);
}

}  // namespace izde::http
