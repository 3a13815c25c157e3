// A few workers that more threads share, since each may take much memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "worker/spawner.hpp"
#include "worker/worker.hpp"

namespace izde::worker {

// Files have numbers, and their documents are taken in this order: who reads a later one may have to wait
// with its worker for an earlier one. So the last free worker is lent only for the file whose turn it is,
// unless that one has a worker. Any thread.
class Pool {
  public:
    // The number whose turn it is; never waits, any thread.
    using Turn = std::function<std::size_t()>;

    // `most`: at least 1. With only one of them, only one thread may ask for it.
    Pool(
        Spawner& spawner, unsigned most, Turn turn = [] { return std::size_t{0}; });

    // Back in the pool when it is destroyed.
    class Lease {
      public:
        Lease(Pool& pool, std::size_t number, std::unique_ptr<Worker> worker)
            : pool_(pool), number_(number), worker_(std::move(worker)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_.give_back(number_, std::move(worker_)); }
        Worker* operator->() const { return worker_.get(); }

      private:
        Pool& pool_;
        std::size_t number_;
        std::unique_ptr<Worker> worker_;
    };
    // Waits for one. `number`: of the file that is read.
    Lease take(std::size_t number);

    // To be called after another number's turn has come.
    void turn_has_moved();

  private:
    bool may_take(std::size_t number) const;
    void give_back(std::size_t number, std::unique_ptr<Worker> worker);

    Turn turn_;
    std::mutex guard_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<Worker>> free_;
    std::vector<std::size_t> lent_for_;  // numbers
};

}  // namespace izde::worker
