#include "http/admission.hpp"

#include <algorithm>

namespace izde::http {
namespace {

using Clock = Admission::Clock;

Clock::duration in_clock(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

Admission::Admission(const Limits& limits) : per_address_(limits.per_address) {
    for (const auto& text : limits.proxies) {
        if (const auto address = Address::parse(text)) proxies_.push_back(*address);
    }
    if (limits.rate <= 0) return;
    interval_ = in_clock(1 / limits.rate);
    depth_ = in_clock(std::max(limits.burst, 1.0) / limits.rate);
}

bool Admission::is_one_client(const Address& address) const {
    return !address.is_unix() && std::ranges::find(proxies_, address) == proxies_.end();
}

bool Admission::enter(const Address& address) {
    if (!is_one_client(address)) return true;
    auto& count = connections_[address.group()];
    if (count >= per_address_) return false;
    ++count;
    return true;
}

void Admission::leave(const Address& address) {
    const auto found = connections_.find(address.group());
    if (found != connections_.end() && --found->second == 0) connections_.erase(found);
}

Admission::Verdict Admission::ask(const Address& address, Clock::time_point now) {
    if (interval_ == Clock::duration::zero() || !is_one_client(address)) return {};
    const auto group = address.group();
    const auto found = used_until_.find(group);
    const auto used = (found == used_until_.end() ? now : std::max(found->second, now)) + interval_;
    if (used - now > depth_) {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(used - now - depth_);
        return {.may = false, .seconds = static_cast<int>(wait.count())};
    }
    if (found != used_until_.end()) {
        found->second = used;
        return {};
    }
    if (used_until_.size() >= most_remembered) forget_before(now);
    // Who has so many addresses is not stopped by a rate for each; and others shall not suffer for it.
    if (used_until_.size() < most_remembered) used_until_.emplace(group, used);
    return {};
}

void Admission::forget_before(Clock::time_point now) {
    if (now < next_clearing_) return;
    next_clearing_ = now + std::chrono::seconds(1);  // it looks at each
    std::erase_if(used_until_, [&](const auto& entry) { return entry.second <= now; });
}

}  // namespace izde::http
