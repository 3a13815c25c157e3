// What a worker may use before it is ended.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "read/read.hpp"

namespace izde::worker {

struct Limits {
    std::uint64_t memory = 192u << 20;  // bytes of heap beyond what the spawner has; not with sanitizers
    unsigned cpu_seconds = 10;          // for one file; see seconds_for()
    unsigned files = 500;               // read by one process before a new one takes over
};

// Whether a file's documents are worth something without what follows them: of mailboxes, feeds, and all that
// is packed.
constexpr bool holds_many(read::Format format) {
    switch (format) {
    case read::Format::mbox:
    case read::Format::rss:
    case read::Format::atom:
    case read::Format::gzip:
    case read::Format::zstd:
    case read::Format::zip:
        return true;
    default:
        return false;
    }
}

// A file of many documents is read as long as it is worth: a second more for each 4 MiB of it, and what
// its documents earn.
constexpr unsigned seconds_for(const Limits& limits, bool holds_many, std::uint64_t bytes) {
    return limits.cpu_seconds + (holds_many ? static_cast<unsigned>(bytes >> 22) : 0);
}

// A tenth of a second for each document of such a file that is handed over, a second for each 4 MiB of them,
// ten minutes in all.
class Earnings {
  public:
    // Whole seconds that were not yet paid, with one more document of `bytes`.
    unsigned take(std::uint64_t bytes) {
        earned_ = std::min(earned_ + second / 10 + 10 * bytes, most * second);
        const auto due = static_cast<unsigned>(earned_ / second) - paid_;
        paid_ += due;
        return due;
    }

  private:
    static constexpr std::uint64_t second = 10u << 22;
    static constexpr std::uint64_t most = 600;
    std::uint64_t earned_ = 0;
    unsigned paid_ = 0;
};

// Waited for a worker that waits itself: twice its time of processor.
constexpr unsigned wall_factor = 2;

// The longest answer there can be.
constexpr std::size_t max_record_bytes = 96u << 20;
constexpr std::size_t max_error_bytes = 64u << 10;

// All answers for one file, each counted with what it costs the indexer. What is kept until the file
// is done is kept in memory.
constexpr std::size_t answer_overhead = 1u << 10;
// `bytes`: of the file, unpacked if it is packed.
constexpr std::uint64_t max_answer_bytes(bool holds_many, std::uint64_t bytes) {
    return holds_many ? (256u << 20) + 64 * bytes : 160u << 20;
}

}  // namespace izde::worker
