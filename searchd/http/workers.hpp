// Threads that do what may take long, and the bounded queue before them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
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
    using Work = std::function<void(Client&)>;

    // `make`: called once on each thread, for what it does with a client. `look_around`: called by a thread
    // that has nothing to do before it sleeps; what it finds it may offer.
    Workers(std::size_t threads, std::size_t most_waiting, Load& load, const std::function<Work()>& make,
            std::function<void()> look_around);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();  // when the queue is empty and the last work is done

    // Addresses take turns: in each round one request of each, so that whoever asks one thing waits for no
    // address that asks many. In a full queue who came last of the address that has most in it gives way to
    // one of an address that has fewer, so that no address fills it for all.
    struct Offer {
        bool is_taken = true;
        Client* gave_way = nullptr;  // in the queue no more, and answered by nobody
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

    void run(const Work& work);
    Client* next();
    Client* take_next();  // who holds the mutex; nobody, if none waits
    void put(Client& client);
    Client* take_out_for(const Client& client);

    std::size_t most_waiting_;
    Load& load_;
    std::function<void()> look_around_;
    std::mutex mutex_;
    std::condition_variable work_came_, one_sleeps_;
    std::deque<Waiting> waiting_;  // by their rounds
    std::uint64_t round_ = 0;      // of the one that was taken last
    std::set<Address> served_;     // in that round
    std::size_t asleep_ = 0, looking_ = 0;
    bool is_over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace izde::http
