// A few workers that many threads share, since each may take much memory.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "worker/spawner.hpp"
#include "worker/worker.hpp"

namespace izde::worker {

// Any thread may ask for one. Workers whose documents are taken in order may wait for each other; so one more
// is kept for the thread whose turn it is.
class Pool {
  public:
    // At most `most` of them, that one included; at least 1. Up to so many threads each get one at once.
    Pool(Spawner& spawner, unsigned threads, unsigned most);

    // Back in the pool when it is destroyed.
    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Worker> worker) : pool_(pool), worker_(std::move(worker)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_.give_back(std::move(worker_)); }
        Worker* operator->() const { return worker_.get(); }

      private:
        Pool& pool_;
        std::unique_ptr<Worker> worker_;
    };
    // Waits for one; `is_first`: whether it is this thread's turn by now. Asked without a lock.
    Lease take(const std::function<bool()>& is_first);

  private:
    void give_back(std::unique_ptr<Worker> worker);

    unsigned shared_, most_;  // how many are lent to anybody, and in all
    std::mutex guard_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<Worker>> free_;
    unsigned lent_ = 0;
};

}  // namespace izde::worker
