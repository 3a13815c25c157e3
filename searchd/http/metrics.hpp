// What the server counts of itself, in the text form that Prometheus reads (version 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/load.hpp"
#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

// Any thread may call anything. Labels are those of the table of routes, never of what clients send, so their
// number is bounded.
class Metrics {
  public:
    explicit Metrics(const Load& load);  // which must live as long

    void begin() { ++in_flight_; }
    // `label` as label_of has it; `seconds` from the first byte handed over to the last one made.
    void end(std::string_view label, int status, double seconds, std::size_t bytes);
    // Of a request that never came as far as to have a path.
    void count_refused(int status);
    void count_reload(bool succeeded) { ++(succeeded ? reloads_ : failed_reloads_); }
    void count_lost_line() { ++lost_lines_; }

    std::string text(const search::Status& status, std::chrono::sys_seconds now) const;

    // Upper ends of the histogram's buckets, in seconds.
    static constexpr std::array buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                           0.1,   0.25,   0.5,   1.0,  2.5,   10.0};

  private:
    static constexpr std::size_t classes = 5;  // 1xx to 5xx
    struct Series {                            // of a route and a class of status
        std::array<std::atomic<std::uint64_t>, buckets.size() + 1> in_bucket{};  // the last one: slower
        std::atomic<std::uint64_t> microseconds = 0, bytes = 0;
    };
    struct Line {
        std::string name;
        std::array<Series, classes> series;
    };

    std::string requests() const;

    std::vector<std::unique_ptr<Line>> lines_;  // the routes, the page, others, refused
    std::atomic<std::int64_t> in_flight_ = 0;
    std::atomic<std::uint64_t> reloads_ = 0, failed_reloads_ = 0, lost_lines_ = 0;
    const Load& load_;
    const std::chrono::sys_seconds started_;
};

}  // namespace izde::http
