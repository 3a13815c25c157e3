#include "worker/sandbox.hpp"

#include <cstdio>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "read/read.hpp"
#include "worker/landlock.hpp"
#include "worker/system_calls.hpp"

namespace izde::worker {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

void limit(int what, rlim_t most) {
    const rlimit both{most, most};
    // Names of limits are of an enumeration in C++.
    ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

struct Mapped {
    rlim_t all = 0, data = 0;  // bytes
};

// What the kernel counts against RLIMIT_AS and RLIMIT_DATA now.
Mapped mapped_now() {
    unsigned long long all = 0;
    unsigned long long data = 0;
    if (FILE* file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%llu %*u %*u %*u %*u %llu", &all, &data) != 2) all = data = 0;
        std::fclose(file);
    }
    const auto page = static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
    return {all * page, data * page};
}

void set_limits(const Limits& limits) {
    if (!sanitized) {
        // Shared mappings are no data; the second limit is there for these.
        const Mapped now = mapped_now();
        limit(RLIMIT_DATA, now.data + limits.memory);
        if (now.all > 0) limit(RLIMIT_AS, now.all + limits.memory + (64u << 20));
        limit(RLIMIT_FSIZE, 0);  // sanitizers write to standard error, which may be a file
    }
    // The time for one file is a timer's; this is for who switched that off.
    limit(RLIMIT_CPU, 3600);
    limit(RLIMIT_NOFILE, 16);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_MEMLOCK, 0);
    limit(RLIMIT_MSGQUEUE, 0);
}

}  // namespace

const bool is_sanitized = sanitized;

Held lock_in(const Limits& limits, int socket) {
    set_limits(limits);
    ::prctl(PR_SET_DUMPABLE, 0);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {};
    const bool landlock = deny_everything_but(read::tables_folder);
    return {landlock, allow_only_reading(socket, landlock)};
}

}  // namespace izde::worker
