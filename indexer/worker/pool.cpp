#include "worker/pool.hpp"

#include <algorithm>

namespace izde::worker {

Pool::Pool(Spawner& spawner, unsigned most, Turn turn) : turn_(std::move(turn)) {
    for (unsigned i = 0; i < most; ++i) free_.push_back(std::make_unique<Worker>(spawner));
}

bool Pool::may_take(std::size_t number) const {
    if (free_.size() != 1) return !free_.empty();
    const std::size_t turn = turn_();
    return lent_for_.empty() || number == turn || std::ranges::find(lent_for_, turn) != lent_for_.end();
}

Pool::Lease Pool::take(std::size_t number) {
    std::unique_lock lock(guard_);
    changed_.wait(lock, [&] { return may_take(number); });
    auto worker = std::move(free_.back());
    free_.pop_back();
    lent_for_.push_back(number);
    return {*this, number, std::move(worker)};
}

void Pool::give_back(std::size_t number, std::unique_ptr<Worker> worker) {
    {
        const std::scoped_lock lock(guard_);
        free_.push_back(std::move(worker));
        lent_for_.erase(std::ranges::find(lent_for_, number));
    }
    changed_.notify_all();
}

void Pool::turn_has_moved() {
    // Not between another thread's look at the turn and its wait.
    { const std::scoped_lock lock(guard_); }
    changed_.notify_all();
}

}  // namespace izde::worker
