#include "izde/deadline.hpp"

#include <ctime>
#include <utility>

namespace izde {
namespace {

constexpr int clock_factor = 4;

std::chrono::nanoseconds processor_time() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

Deadline::Deadline(std::chrono::milliseconds limit)
    : limit_(limit), start_(std::chrono::steady_clock::now()), processor_at_start_(processor_time()) {}

Deadline::Deadline(std::chrono::milliseconds limit, Meter used)
    : limit_(limit), used_(std::move(used)), start_{}, processor_at_start_{} {}

bool Deadline::passed(double part) const {
    const auto limit = std::chrono::duration_cast<std::chrono::nanoseconds>(limit_ * part);
    if (used_) return used_() >= limit;
    // The clock is asked first: it is always ahead, and asking for the processor's time takes a system call.
    const auto by_clock = std::chrono::steady_clock::now() - start_;
    if (by_clock < limit) return false;
    return by_clock >= clock_factor * limit || processor_time() - processor_at_start_ >= limit;
}

}  // namespace izde
