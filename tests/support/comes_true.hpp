// Waiting for what another thread brings about.
#pragma once

#include <chrono>
#include <thread>

namespace izde::tests {

// Asks until it holds, for at most ten seconds.
template <class Condition>
bool comes_true(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
        if (condition()) return true;
        std::this_thread::yield();
    }
    return false;
}

}  // namespace izde::tests
