#include "stamp.hpp"

#include <sys/stat.h>

namespace izde::indexer {
namespace {

// Times that no 64 bits of nanoseconds hold (after the year 2262) wrap around: they are only compared.
std::int64_t nanoseconds(const timespec& time) {
    constexpr std::uint64_t in_a_second = 1'000'000'000;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * in_a_second +
                                     static_cast<std::uint64_t>(time.tv_nsec));
}

}  // namespace

Stamp stamp_of(const struct stat& status) {
    return {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim), status.st_ino, status.st_dev};
}

std::optional<Stamp> stamp_of(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return stamp_of(status);
}

bool is_same_content(const Stamp& before, const Stamp& after) {
    return before.bytes == after.bytes && before.mtime_ns == after.mtime_ns && before.inode == after.inode &&
           before.device == after.device;
}

}  // namespace izde::indexer
