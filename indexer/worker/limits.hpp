// What a worker may use before it is ended.
#pragma once

#include <cstddef>
#include <cstdint>

namespace izde::worker {

struct Limits {
    std::uint64_t memory = 192u << 20;  // bytes of heap beyond what the spawner has; not with sanitizers
    unsigned cpu_seconds = 10;          // for one file; see seconds_for()
    unsigned files = 500;               // read by one process before a new one takes over
};

// A file of many records is read as long as it is worth: a second more for each 4 MiB.
constexpr unsigned seconds_for(const Limits& limits, bool holds_many, std::uint64_t bytes) {
    return limits.cpu_seconds + (holds_many ? static_cast<unsigned>(bytes >> 22) : 0);
}

// Waited for a worker that waits itself: twice its time of processor.
constexpr unsigned wall_factor = 2;

// The longest answer there can be.
constexpr std::size_t max_record_bytes = 96u << 20;
constexpr std::size_t max_error_bytes = 64u << 10;

// All answers for one file, each counted with what it costs the indexer. What is kept until the file
// is done is kept in memory.
constexpr std::size_t answer_overhead = 1u << 10;
constexpr std::uint64_t max_answer_bytes(bool holds_many, std::uint64_t file_bytes) {
    return holds_many ? (256u << 20) + 64 * file_bytes : 160u << 20;
}

}  // namespace izde::worker
