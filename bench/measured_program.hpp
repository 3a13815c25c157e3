// Runs a program and tells what it cost, with the processes it started.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace izde::bench {

struct Cost {
    double seconds = 0;
    double cpu_seconds = 0;       // of all its processes that were waited for, user and system
    std::uint64_t peak = 0;       // resident bytes, summed over its processes; looked at every 5 ms
    std::uint64_t alone = 0;      // the most that one process had, as the kernel counts it
    std::uint64_t processes = 0;  // at the most, at once
    int code = -1;                // how it ended; -1: by a signal
};

// A page that two processes share is counted for both, so a sum over processes is an upper bound. Standard
// output goes nowhere. Throws if there is no such program.
Cost run_measured(const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace izde::bench
