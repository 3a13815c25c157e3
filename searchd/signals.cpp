#include "signals.hpp"

#include <pthread.h>
#include <signal.h>

namespace izde {
namespace {

sigset_t handled() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
    return signals;
}

void obey(const SignalActions& actions) {
    const auto signals = handled();
    int received = 0;
    while (sigwait(&signals, &received) == 0 && received == SIGHUP) actions.reload();
    actions.stop();
}

}  // namespace

void block_signals() {
    const auto signals = handled();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

Signals::Signals(SignalActions actions) : thread_([actions = std::move(actions)] { obey(actions); }) {}

Signals::~Signals() {
    // NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread): it is blocked, and only ends the waiting
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

}  // namespace izde
