#include "http/workers.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "http/client.hpp"

namespace izde::http {
namespace {

// All that come by a Unix socket count as one.
Address group_of(const Client& client) {
    return client.peer() ? client_group(*client.peer()) : Address();
}

}  // namespace

Workers::Workers(std::size_t threads, std::size_t most_waiting, Load& load,
                 const std::function<std::unique_ptr<Hand>()>& make)
    : most_waiting_(most_waiting), load_(load) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, make] { run(*make()); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    work_came_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void Workers::put(Client& client) {
    Waiting one{&client, group_of(client), round_};
    if (served_.contains(one.group)) ++one.round;
    for (const auto& other : waiting_)
        if (other.group == one.group) one.round = std::max(one.round, other.round + 1);
    waiting_.insert(std::ranges::upper_bound(waiting_, one.round, {}, &Waiting::round), one);
}

// Nobody, if the client's own address has as many as any.
Client* Workers::take_out_for(const Client& client) {
    std::map<Address, int> waiting;
    for (const auto& one : waiting_) ++waiting[one.group];
    const auto most = std::ranges::max_element(waiting, {}, [](const auto& entry) { return entry.second; });
    if (most == waiting.end() || most->second <= waiting[group_of(client)] + 1) return nullptr;
    const auto last = std::ranges::find(waiting_.rbegin(), waiting_.rend(), most->first, &Waiting::group);
    auto* const gave_way = last->client;
    waiting_.erase(std::next(last).base());
    return gave_way;
}

Workers::Offer Workers::offer(Client& client) {
    bool wakes = false;
    Offer offer;
    {
        const std::lock_guard lock(mutex_);
        // A worker that has nothing to do will take it at once.
        if (waiting_.size() >= most_waiting_ + asleep_ + watching_ + about_to_take_) {
            offer.gave_way = take_out_for(client);
            if (offer.gave_way == nullptr) return {.is_taken = false};
        }
        put(client);
        load_.queued.store(waiting_.size(), std::memory_order_relaxed);
        const bool is_for_others = waiting_.size() > about_to_take_;
        wakes = is_for_others && asleep_ > 0;
        offer.is_for_watcher = is_for_others && asleep_ == 0 && watching_ > 0;
    }
    if (wakes) work_came_.notify_one();
    return offer;
}

Client* Workers::next(Hand& hand) {
    std::unique_lock lock(mutex_);
    if (waiting_.empty() && !is_over_) {
        ++watching_;
        lock.unlock();
        hand.watch();
        lock.lock();
        --watching_;
        ++about_to_take_;
        lock.unlock();
        hand.see_to_it();
        lock.lock();
        --about_to_take_;
    }
    if (waiting_.empty() && !is_over_) {
        ++asleep_;
        one_sleeps_.notify_one();
        work_came_.wait(lock, [&] { return is_over_ || !waiting_.empty(); });
        --asleep_;
    }
    return take_next();
}

Client* Workers::take_next() {
    if (waiting_.empty()) return nullptr;
    const auto [client, group, round] = waiting_.front();
    waiting_.pop_front();
    if (round != round_ || waiting_.empty()) served_.clear();
    round_ = round;
    served_.insert(group);
    load_.queued.store(waiting_.size(), std::memory_order_relaxed);
    return client;
}

void Workers::await_sleeper(std::chrono::microseconds limit) {
    std::unique_lock lock(mutex_);
    one_sleeps_.wait_for(lock, limit, [&] { return asleep_ > 0; });
}

void Workers::run(Hand& hand) {
    while (auto* client = next(hand)) {
        ++load_.working;
        hand.work(*client);
        --load_.working;
    }
}

}  // namespace izde::http
