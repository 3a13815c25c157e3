// How long the work for one request may take.
#pragma once

#include <chrono>
#include <functional>

namespace izde {

// Work that goes on for long asks it now and then and leaves out the rest when it has passed; whoever leaves
// something out says so. What counts is the processor's time of the thread that made it, so that an answer
// is not cut because the machine is busy with other things; by the clock it is four times as long. One thread
// uses it.
class Deadline {
  public:
    // What was used since it was made.
    using Meter = std::function<std::chrono::nanoseconds()>;

    explicit Deadline(std::chrono::milliseconds limit);
    Deadline(std::chrono::milliseconds limit, Meter used);

    // Whether this part of the limit was used: 0.5 is half of it, 2 twice as much. Takes about 30 ns.
    bool passed(double part = 1.0) const;

  private:
    std::chrono::nanoseconds limit_;
    Meter used_;
    std::chrono::steady_clock::time_point start_;
    std::chrono::nanoseconds processor_at_start_;
};

// A null deadline never passes.
inline bool has_passed(const Deadline* deadline, double part = 1.0) {
    return deadline != nullptr && deadline->passed(part);
}

}  // namespace izde
