#include "worker/pool.hpp"

#include <algorithm>
#include <chrono>

namespace izde::worker {

Pool::Pool(Spawner& spawner, unsigned threads, unsigned most)
    : shared_(threads <= most ? threads : most - 1), most_(std::max(1u, std::min(threads, most))) {
    for (unsigned i = 0; i < most_; ++i) free_.push_back(std::make_unique<Worker>(spawner));
}

Pool::Lease Pool::take(const std::function<bool()>& is_first) {
    constexpr auto look_again = std::chrono::milliseconds(20);
    for (;;) {
        const bool first = is_first();
        std::unique_lock lock(guard_);
        if (lent_ < (first ? most_ : shared_)) {
            ++lent_;
            auto worker = std::move(free_.back());
            free_.pop_back();
            return {*this, std::move(worker)};
        }
        changed_.wait_for(lock, look_again);
    }
}

void Pool::give_back(std::unique_ptr<Worker> worker) {
    {
        const std::scoped_lock lock(guard_);
        free_.push_back(std::move(worker));
        --lent_;
    }
    changed_.notify_all();
}

}  // namespace izde::worker
