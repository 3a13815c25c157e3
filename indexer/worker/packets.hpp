// Bytes and at most one file descriptor, from process to process.
#pragma once

#include <cstddef>
#include <optional>

#include <sys/types.h>

#include "descriptor.hpp"

namespace izde::worker {

using indexer::Descriptor;

// What one call of sendmsg takes; negative as it says. Does not raise SIGPIPE. `file`: -1 for none.
ssize_t send_some(int socket, const char* bytes, std::size_t size, int file, int flags = 0);

// What one call of recvmsg gives. Of several descriptors the first is kept, the others are closed.
struct Received {
    ssize_t bytes = 0;  // as recvmsg says
    Descriptor file;
};
Received receive_some(int socket, char* bytes, std::size_t size, int flags = 0);

// All of it, waiting as long as it takes; false: the other side is gone.
bool send_all(int socket, const char* bytes, std::size_t size);

}  // namespace izde::worker
