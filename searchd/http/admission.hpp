// Who may connect, so that no address takes what is meant for all. For one thread.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "http/limits.hpp"
#include "http/peer.hpp"

namespace izde::http {

class Admission {
  public:
    explicit Admission(const Limits& limits) : per_address_(limits.per_address), proxies_(limits.proxies) {}

    // Whether one more connection of this peer may stay; it is counted if so, until leave().
    bool enter(const Peer& peer);
    void leave(const Peer& peer);

  private:
    bool is_one_client(const Peer& peer) const;

    std::size_t per_address_;
    std::vector<Network> proxies_;
    std::map<Address, std::size_t> connections_;  // by client_group
};

}  // namespace izde::http
