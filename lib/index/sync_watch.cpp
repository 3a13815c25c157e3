#include "index/sync_watch.hpp"

#include <cerrno>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

thread_local int first_error = 0;  // NOLINT: the function below has no other way to tell

}  // namespace

// Stands before the C library's for the whole program, shared libraries too, and does the same.
extern "C" int fdatasync(int file) {
    const auto result = static_cast<int>(::syscall(SYS_fdatasync, file));
    if (result != 0 && errno != EINTR && errno != EINVAL && first_error == 0) first_error = errno;
    return result;
}

namespace izde::index {

SyncWatch::SyncWatch() {
    first_error = 0;
}

int SyncWatch::error() const {
    return first_error;
}

}  // namespace izde::index
