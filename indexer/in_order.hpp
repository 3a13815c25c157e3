// Work done side by side whose results are taken one after the other, in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace izde::indexer {

// Calls work(number) for 0 ... count-1 on so many threads, each number once and in about this order; false
// ends it. What one of them throws is thrown here, when all have ended. `work` is made for each thread.
template <class MakeWork>
void side_by_side(unsigned threads, std::size_t count, const MakeWork& make_work) {
    std::atomic<std::size_t> next = 0;
    std::mutex guard;
    std::exception_ptr thrown;
    const auto run = [&] {
        try {
            auto work = make_work();
            for (std::size_t number = next++; number < count; number = next++)
                if (!work(number)) next = count;
        } catch (...) {
            next = count;
            const std::lock_guard lock(guard);
            if (!thrown) thrown = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back(run);
        run();
    }
    if (thrown) std::rethrow_exception(thrown);
}

// Where side_by_side's threads leave what they made, any number of items for each number. `take` is called
// under a lock, on whatever thread; once it says false nothing more is taken.
template <class Item>
class InOrder {
  public:
    using Take = std::function<bool(std::size_t number, Item&& item)>;

    // Items that wait for earlier ones take up about `most_bytes`, plus one for each thread.
    InOrder(std::size_t most_bytes, Take take) : most_bytes_(most_bytes), take_(std::move(take)) {}

    // May wait for earlier numbers to end. False: no more is wanted.
    bool put(std::size_t number, Item item, std::size_t bytes) {
        std::unique_lock lock(guard_);
        return put(lock, number, std::move(item), bytes);
    }

    // The same of what is a number's last item: put() and end() in one.
    bool put_last(std::size_t number, Item item, std::size_t bytes) {
        std::unique_lock lock(guard_);
        return put(lock, number, std::move(item), bytes) && end(number, lock);
    }

    // The number that is taken next. Never waits.
    std::size_t turn() const { return turn_; }

    // Nothing more comes for this number. To be called for every one, or put_last(), or over().
    bool end(std::size_t number) {
        const std::unique_lock lock(guard_);
        return end(number, lock);
    }

    // Nothing more is wanted: wakes who waits.
    void over() {
        const std::lock_guard lock(guard_);
        is_over_ = true;
        changed_.notify_all();
    }

  private:
    struct Waiting {
        std::vector<std::pair<Item, std::size_t>> items;
        bool has_ended = false;
    };

    using Held = std::unique_lock<std::mutex>;

    bool put(Held& lock, std::size_t number, Item&& item, std::size_t bytes) {
        changed_.wait(lock, [&] { return number == turn_ || is_over_ || bytes_ < most_bytes_; });
        if (is_over_) return false;
        if (number == turn_) return hand_over(number, std::move(item));
        waiting_[number].items.emplace_back(std::move(item), bytes);
        bytes_ += bytes;
        return true;
    }

    bool end(std::size_t number, const Held&) {
        if (number == turn_ && waiting_.empty()) {
            ++turn_;
        } else {
            waiting_[number].has_ended = true;
            hand_over_waiting();
        }
        changed_.notify_all();
        return !is_over_;
    }

    void hand_over_waiting() {
        while (!is_over_) {
            const auto first = waiting_.find(turn_);
            if (first == waiting_.end()) break;
            for (auto& [item, bytes] : std::exchange(first->second.items, {})) {
                bytes_ -= bytes;
                if (!is_over_) hand_over(turn_, std::move(item));
            }
            if (!first->second.has_ended) break;
            waiting_.erase(first);
            ++turn_;
        }
    }

    bool hand_over(std::size_t number, Item&& item) {
        is_over_ = true;  // also if it throws
        is_over_ = !take_(number, std::move(item));
        if (is_over_) changed_.notify_all();
        return !is_over_;
    }

    std::size_t most_bytes_;
    Take take_;
    std::mutex guard_;
    std::condition_variable changed_;
    std::map<std::size_t, Waiting> waiting_;
    std::atomic<std::size_t> turn_ = 0;  // changed under guard_
    std::size_t bytes_ = 0;
    bool is_over_ = false;
};

}  // namespace izde::indexer
