// How the memory that a run may take is shared out.
#pragma once

#include <cstddef>
#include <cstdint>

namespace izde::indexer {

// All of it, of the indexer and of the processes that read files for it, in bytes.
struct Budget {
    // `megabytes`: of 1 << 20 bytes, at least least_megabytes; `jobs`: threads that are asked for.
    Budget(int megabytes, unsigned jobs);

    static constexpr int least_megabytes = 256, most_megabytes = 1'000'000, default_megabytes = 512;

    int megabytes;
    std::uint64_t worker;     // of one process that reads
    unsigned workers;         // of these
    unsigned readers;         // threads that read
    unsigned jobs;            // threads that understand and write
    std::size_t text;         // of one document, see bounds.hpp
    std::uint64_t documents;  // at most; those beyond are skipped
};

}  // namespace izde::indexer
