// A line of JSON for each request, for those who look after the server. Says neither what was searched for
// nor who did unless it is told to.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace izde::http {

enum class LogQueries : std::uint8_t { off, hashed, full };
enum class LogAddresses : std::uint8_t { off, truncated, full };  // truncated: to /24, or to /48 of version 6

struct LogSettings {
    bool on = true;
    LogQueries queries = LogQueries::off;
    LogAddresses addresses = LogAddresses::off;
};

struct Entry {
    std::chrono::sys_time<std::chrono::milliseconds> time;
    std::string_view id, route, method, address;
    double milliseconds = 0;
};

// Any thread may call.
class Journal {
  public:
    // Writes to the descriptor, which stays the caller's.
    Journal(int descriptor, LogSettings settings) : descriptor_(descriptor), settings_(settings) {}

    void use(LogSettings settings);

    // Whatever request and answer hold, a line is one line of ASCII without control characters, and no field
    // has more than 256 bytes. An answer with an error is written also when the log is off. False: nobody
    // took the line, and waiting longer would keep clients waiting.
    bool write(const Entry& entry, const Answer& answer);

  private:
    std::string line_of(const Entry& entry, const Answer& answer, const LogSettings& settings);
    std::string hash_of(std::string_view query, std::chrono::sys_days day);

    const int descriptor_;
    std::mutex mutex_;  // guards what follows
    LogSettings settings_;
    std::array<unsigned char, 32> secret_{};  // of today's hashes
    std::chrono::sys_days secret_of_{};
    std::chrono::steady_clock::time_point impatient_until_{};  // since a line was not taken
};

}  // namespace izde::http
