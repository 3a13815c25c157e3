// Who may connect and who may ask, so that no address takes what is meant for all. For one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <vector>

#include "http/address.hpp"
#include "http/limits.hpp"

namespace izde::http {

class Admission {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Admission(const Limits& limits);

    // Whether one more connection of this address may stay; it is counted if so, until leave().
    bool enter(const Address& address);
    void leave(const Address& address);

    // Whether a request may be answered now; if not, how many seconds until one may. Remembers as many
    // addresses as have asked within the last seconds, and no more than most_remembered: of others it knows
    // nothing.
    struct Verdict {
        bool may = true;
        int seconds = 0;
    };
    Verdict ask(const Address& address, Clock::time_point now);

    static constexpr std::size_t most_remembered = 65'536;
    std::size_t remembered() const { return used_until_.size(); }

  private:
    bool is_one_client(const Address& address) const;
    void forget_before(Clock::time_point now);

    std::size_t per_address_;
    std::vector<Address> proxies_;
    std::map<Address::Group, std::size_t> connections_;

    // A bucket of tokens as the moment at which it is full again.
    Clock::duration interval_{}, depth_{};  // zero: any rate
    std::map<Address::Group, Clock::time_point> used_until_;
    Clock::time_point next_clearing_{};
};

}  // namespace izde::http
