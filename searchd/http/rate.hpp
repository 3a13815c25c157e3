// How often one address may ask. Bounded memory, however many addresses there are.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace izde::http {

struct RateLimit {
    int per_second = 0;     // 0: no bound
    int burst = 30;         // at once, by one that has been quiet
    bool for_local = true;  // whether it holds for clients on this machine, too
};

// Any thread may call. Addresses of version 6 that share their first 64 bits are one client.
class Rate {
  public:
    using Clock = std::chrono::steady_clock;

    Rate();

    // Takes one of the address's requests; or says how many seconds it must wait for the next. An address
    // that is not known has no bound.
    std::optional<int> take(std::string_view address, RateLimit limit, Clock::time_point now);

  private:
    struct Bucket {
        std::uint64_t client = 0;  // a hash; 0: nobody's
        float used = 0;            // of the burst, when it was last looked at
        std::uint32_t at = 0;      // milliseconds since started_
    };

    Bucket& bucket_of(std::uint64_t client);

    const std::uint64_t seed_;  // so that nobody can choose addresses that share a place
    const Clock::time_point started_ = Clock::now();
    std::mutex mutex_;
    std::vector<Bucket> buckets_;
};

}  // namespace izde::http
