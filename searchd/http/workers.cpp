#include "http/workers.hpp"

namespace izde::http {

Workers::Workers(std::size_t threads, std::size_t most_waiting, Load& load, const std::function<Work()>& make)
    : most_waiting_(most_waiting), load_(load) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, make] { run(make()); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    work_came_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool Workers::offer(Client& client) {
    bool wakes = false;
    {
        const std::lock_guard lock(mutex_);
        // A worker that sleeps will take it at once.
        if (waiting_.size() >= most_waiting_ + asleep_) return false;
        waiting_.push_back(&client);
        load_.queued.store(waiting_.size(), std::memory_order_relaxed);
        wakes = asleep_ > 0;
    }
    if (wakes) work_came_.notify_one();
    return true;
}

Client* Workers::next() {
    std::unique_lock lock(mutex_);
    ++asleep_;
    work_came_.wait(lock, [&] { return is_over_ || !waiting_.empty(); });
    --asleep_;
    if (waiting_.empty()) return nullptr;
    auto* client = waiting_.front();
    waiting_.pop_front();
    load_.queued.store(waiting_.size(), std::memory_order_relaxed);
    return client;
}

void Workers::run(const Work& work) {
    while (auto* client = next()) {
        ++load_.working;
        work(*client);
        --load_.working;
    }
}

}  // namespace izde::http
