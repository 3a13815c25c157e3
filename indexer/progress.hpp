// The live line on a terminal: documents, MB/s, time left.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace izde::indexer {

// Writes to standard error, and only when that is a terminal and `wanted`; erases itself.
class Progress {
  public:
    Progress(bool wanted, std::uint64_t total_bytes);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    void update(std::uint64_t documents, std::uint64_t bytes);
    void say(const std::string& what);  // a step without a measure: "merging"

  private:
    void show(const std::string& line);

    bool on_ = false;
    std::uint64_t total_bytes_ = 0;
    std::chrono::steady_clock::time_point start_, last_;
};

// "1,234 documents  8.3 MB/s  12 s left", as update() shows it.
std::string progress_line(std::uint64_t documents, std::uint64_t bytes, std::uint64_t total_bytes,
                          double seconds);

}  // namespace izde::indexer
