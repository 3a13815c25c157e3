// Threads that do what may take long, and the bounded queue before them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "izde/addresses.hpp"

#include "http/load.hpp"

namespace izde::http {

class Client;

class Workers {
  public:
    // What a thread does. For one thread.
    struct Hand {
        Hand() = default;
        Hand(const Hand&) = delete;
        Hand& operator=(const Hand&) = delete;
        virtual ~Hand() = default;
        virtual void work(Client& client) = 0;
        // When there is nothing to do, before it sleeps: waits a moment for something to happen, then sees to
        // it, and may offer what comes of it.
        virtual void watch() = 0;
        virtual void see_to_it() = 0;
    };

    // `make`: called once on each thread.
    Workers(std::size_t threads, std::size_t most_waiting, Load& load,
            const std::function<std::unique_ptr<Hand>()>& make);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();  // when the queue is empty and the last work is done

    // Addresses take turns: in each round one request of each, so that whoever asks one thing waits for no
    // address that asks many. In a full queue who came last of the address that has most in it gives way to
    // one of an address that has fewer, so that no address fills it for all.
    struct Offer {
        bool is_taken = true;
        Client* gave_way = nullptr;   // in the queue no more, and answered by nobody
        bool is_for_watcher = false;  // a thread that watches should be told
    };
    Offer offer(Client& client);

    // Until one of them sleeps, or for so long.
    void await_sleeper(std::chrono::microseconds limit);

  private:
    struct Waiting {
        Client* client;
        Address group;
        std::uint64_t round;
    };

    void run(Hand& hand);
    Client* next(Hand& hand);
    Client* take_next();  // who holds the mutex; nobody, if none waits
    void put(Client& client);
    Client* take_out_for(const Client& client);

    std::size_t most_waiting_;
    Load& load_;
    std::mutex mutex_;
    std::condition_variable work_came_, one_sleeps_;
    std::deque<Waiting> waiting_;  // by their rounds
    std::uint64_t round_ = 0;      // of the one that was taken last
    std::set<Address> served_;     // in that round
    std::size_t asleep_ = 0, watching_ = 0, about_to_take_ = 0;
    bool is_over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace izde::http
