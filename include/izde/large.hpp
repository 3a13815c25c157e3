// One at a time for what takes much memory.
#pragma once

#include <mutex>

#include <malloc.h>

namespace izde {

// Holds the turn, if it is large, and gives the memory it took back to the system in the end: threads keep
// what they freed for themselves. Do not wait for other threads meanwhile.
class LargeTurn {
  public:
    LargeTurn(std::mutex& turns, bool is_large) {
        if (is_large) turn_ = std::unique_lock(turns);
    }
    LargeTurn(const LargeTurn&) = delete;
    LargeTurn& operator=(const LargeTurn&) = delete;
    ~LargeTurn() {
        if (turn_) ::malloc_trim(0);
    }

  private:
    std::unique_lock<std::mutex> turn_;
};

}  // namespace izde
