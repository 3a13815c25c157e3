// Turns the signals a daemon is steered by into ordinary calls on a thread of their own.
#pragma once

#include <functional>
#include <thread>

namespace izde {

struct SignalActions {
    std::function<void()> reload;  // SIGHUP
    std::function<void()> stop;    // SIGTERM, SIGINT
};

// Call before any thread is started: threads inherit what is blocked. SIGPIPE is ignored.
void block_signals();

class Signals {
  public:
    explicit Signals(SignalActions actions);
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();  // calls stop, if no signal has

  private:
    std::thread thread_;
};

}  // namespace izde
