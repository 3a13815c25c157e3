// The cage a worker locks itself into before it sees the first file. docs/sandbox.md says the same to
// users.
#pragma once

#include <memory>

#include "izde/result.hpp"

#include "worker/limits.hpp"

namespace izde::worker {

// What there is of it on this kernel.
struct Held {
    bool landlock = false;  // no file, and no port or other process where the kernel knows these rules
    bool seccomp = false;   // only the system calls of a list
    bool all() const { return landlock && seccomp; }
};

// Built with AddressSanitizer or ThreadSanitizer: no limit of memory, and system calls that are not
// on the list fail instead of ending the process, since the sanitizers try some.
extern const bool is_sanitized;

// Never to be undone, for the calling process, which must have one thread: no new privileges, no
// core dump, no trace; limits of memory, time, files; Landlock; seccomp. What stays open is the descriptors
// that are, and `socket` to talk on.
Held lock_in(const Limits& limits, int socket);

}  // namespace izde::worker
