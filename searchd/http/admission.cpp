#include "http/admission.hpp"

#include <algorithm>

namespace izde::http {

bool Admission::is_one_client(const Peer& peer) const {
    return peer && std::ranges::none_of(proxies_, [&](const auto& proxy) { return contains(proxy, *peer); });
}

bool Admission::enter(const Peer& peer) {
    if (!is_one_client(peer)) return true;
    auto& count = connections_[client_group(*peer)];
    if (count >= per_address_) return false;
    ++count;
    return true;
}

void Admission::leave(const Peer& peer) {
    if (!is_one_client(peer)) return;
    const auto found = connections_.find(client_group(*peer));
    if (found != connections_.end() && --found->second == 0) connections_.erase(found);
}

}  // namespace izde::http
