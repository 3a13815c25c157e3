// When a search has looked for long enough.
#pragma once

#include <cstddef>

#include "izde/deadline.hpp"

namespace izde::index::matching {

// Finding takes no more of the limit, so that reading and showing what was found comes within it.
inline constexpr double part_for_finding = 0.5;

class Clock {
  public:
    // Null: never strikes. It runs when it is started, so that what is found at once is found however late
    // it is.
    explicit Clock(const Deadline* deadline) : deadline_(deadline) {}
    void start() { is_started_ = true; }

    // Looks at the time after enough work: postings that were read, and what takes as long. Whether it is up.
    bool spend(std::size_t work) {
        spent_ += work;
        return is_started_ && spent_ >= each_look && look();
    }
    bool look() {
        spent_ = 0;
        is_up_ = is_up_ || has_passed(deadline_, part_for_finding);
        return is_up_;
    }
    bool is_up() const { return is_up_; }

    static constexpr std::size_t each_look = 4096;
    // Take as long as so many postings.
    static constexpr std::size_t positions_of_a_document = each_look / 64;

  private:
    const Deadline* deadline_;
    std::size_t spent_ = 0;
    bool is_started_ = false, is_up_ = false;
};

}  // namespace izde::index::matching
