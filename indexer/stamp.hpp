// What tells that a file is still the one it was.
#pragma once

#include <cstdint>
#include <optional>

struct stat;

namespace izde::indexer {

// As the file system gives it; times in nanoseconds since 1970, negative before. All zero: unknown.
struct Stamp {
    std::uint64_t bytes = 0;
    std::int64_t mtime_ns = 0, ctime_ns = 0;
    std::uint64_t inode = 0, device = 0;
    bool operator==(const Stamp&) const = default;
};

Stamp stamp_of(const struct stat& status);

// Of an open file; nothing where it is no regular file, whose content has no state to compare.
std::optional<Stamp> stamp_of(int descriptor);

// Whether a file can have been written to between the two. Being linked, moved or given other rights
// moves ctime alone, and is none of it.
bool is_same_content(const Stamp& before, const Stamp& after);

}  // namespace izde::indexer
