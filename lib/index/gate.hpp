// Ends a match of Xapian's when its time is up, and leaves what was found until then.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xapian.h>

#include "izde/deadline.hpp"

namespace izde::index {

// A condition that every document meets until half of the deadline is used, and none after. Xapian's own
// limit of time does not hold while it looks for the next match, so parts of a query that take long for each
// candidate are limited by themselves. Must outlive the matches of what it limited.
class Gate {
  public:
    // Null: never closes.
    explicit Gate(const Deadline* deadline) : deadline_(deadline) {}
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    Xapian::Query limited(const Xapian::Query& query);

    // The same of all that a match looks for. Where it follows_weighing(), document() is the one that Xapian
    // weighs: not without a deadline.
    Xapian::Query limited_whole(const Xapian::Query& query);
    const Xapian::docid& document() const { return document_; }
    bool follows_weighing() const { return deadline_ != nullptr; }

    // As often as limited() made a condition.
    std::size_t conditions() const { return conditions_; }

    // Asked for each candidate. Lets through a few in any case, so that what is found at once is found.
    bool is_closed() {
        if (!closed_ && deadline_ != nullptr && ++asked_ % ask_each == 0)
            closed_ = deadline_->passed(part_of_time);
        return closed_;
    }

    bool was_closed() const { return closed_; }

    // For work on matches that does not go through a gate.
    static bool is_over(const Deadline* deadline) { return has_passed(deadline, part_of_time); }

  private:
    Xapian::Query passing(const Xapian::Query& query, Xapian::docid* follower);

    static constexpr std::uint32_t ask_each = 128;

    // Finding takes no more of the limit, so that reading and showing what was found comes within it.
    static constexpr double part_of_time = 0.5;

    const Deadline* deadline_;
    Xapian::docid document_ = 0;
    std::size_t conditions_ = 0;
    std::uint32_t asked_ = 0;
    bool closed_ = false;
};

// Matches the same, and is looked for as one: Xapian looks for what is left out of a part of AND only after
// all conditions of the AND were asked, also those of a gate.
Xapian::Query within_border(const Xapian::Query& query);

}  // namespace izde::index
