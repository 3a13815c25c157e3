#include "worker/landlock.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace izde::worker {
namespace {

// landlock_ruleset_attr as of version 6; the kernel is given as much of it as it knows.
struct Ruleset {
    std::uint64_t files, ports, scopes;
};

struct Rights {
    std::uint64_t files, ports, scopes;
    std::size_t bytes;
};

constexpr std::uint64_t bits(unsigned count) {
    return (std::uint64_t{1} << count) - 1;
}

// By the version of the interface, from 1: refer came with 2, truncate with 3, ports with 4, ioctl
// with 5, scopes with 6.
constexpr auto known = std::to_array<Rights>({{bits(13), 0, 0, 8},
                                              {bits(14), 0, 0, 8},
                                              {bits(15), 0, 0, 8},
                                              {bits(15), bits(2), 0, 16},
                                              {bits(16), bits(2), 0, 16},
                                              {bits(16), bits(2), bits(2), 24}});

void allow_reading(int ruleset, const char* folder) {
    const int place = ::open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (place < 0) return;
    const landlock_path_beneath_attr rule{LANDLOCK_ACCESS_FS_READ_FILE, place};
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(place);
}

}  // namespace

bool deny_everything_but(const char* readable) {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return false;
    const Rights& rights = known[std::min(static_cast<std::size_t>(version), known.size()) - 1];
    const Ruleset ruleset{rights.files, rights.ports, rights.scopes};
    const int handle = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &ruleset, rights.bytes, 0));
    if (handle < 0) return false;
    allow_reading(handle, readable);
    const bool held = ::syscall(SYS_landlock_restrict_self, handle, 0) == 0;
    ::close(handle);
    return held;
}

}  // namespace izde::worker
