#include "worker/packets.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace izde::worker {
namespace {

// Room for a few: what comes without room is closed by the kernel.
union Control {
    char bytes[CMSG_SPACE(4 * sizeof(int))];  // NOLINT: what the system's macros work on
    cmsghdr align;
};

Descriptor first_descriptor(msghdr& message) {
    Descriptor first;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
            Descriptor file(number);
            if (!first) first = std::move(file);
        }
    }
    return first;
}

}  // namespace

ssize_t send_some(int socket, const char* bytes, std::size_t size, int file, int flags) {
    iovec piece{const_cast<char*>(bytes), size};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    Control control{};
    if (file >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int));
        cmsghdr* part = CMSG_FIRSTHDR(&message);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(part), &file, sizeof file);
    }
    ssize_t sent = 0;
    do sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | flags);
    while (sent < 0 && errno == EINTR);
    return sent;
}

Received receive_some(int socket, char* bytes, std::size_t size, int flags) {
    iovec piece{bytes, size};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    Control control{};
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    Received received;
    do received.bytes = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | flags);
    while (received.bytes < 0 && errno == EINTR);
    if (received.bytes >= 0) received.file = first_descriptor(message);
    return received;
}

bool send_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = send_some(socket, bytes, size, -1);
        if (sent < 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace izde::worker
