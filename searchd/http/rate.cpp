// Buckets that leak, in a table of fixed size. Tested by rate_test.cpp.
#include "http/rate.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <utility>

#include <xxhash.h>

#include "izde/addresses.hpp"

namespace izde::http {
namespace {

// Of 16 bytes: one megabyte. A client has its place in one of the sets.
constexpr std::size_t sets = 16'384, places = 4;
constexpr unsigned client_bits_v6 = 64;

std::uint64_t new_seed() {
    std::random_device random;
    return (std::uint64_t{random()} << 32U) | random();
}

}  // namespace

Rate::Rate() : seed_(new_seed()), buckets_(sets * places) {}

// The client's own bucket; or a free one; or the one that was asked for longest ago, which forgets whose it
// was.
Rate::Bucket& Rate::bucket_of(std::uint64_t client) {
    const std::span set(&buckets_[client % sets * places], places);
    const auto own = std::ranges::find(set, client, &Bucket::client);
    if (own != set.end()) return *own;
    const auto in_use = [](const Bucket& bucket) { return std::pair(bucket.client != 0, bucket.at); };
    auto& given = *std::ranges::min_element(set, {}, in_use);
    given = {.client = client};
    return given;
}

std::optional<int> Rate::take(std::string_view address, RateLimit limit, Clock::time_point now) {
    const auto parsed = parse_address(address);
    if (limit.per_second <= 0 || !parsed) return std::nullopt;
    const auto whose = is_v4(*parsed) ? *parsed : truncated(*parsed, client_bits_v6);
    const auto client = std::max<std::uint64_t>(1, XXH3_64bits_withSeed(whose.data(), whose.size(), seed_));
    const auto at = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now - started_).count());
    const std::lock_guard lock(mutex_);
    auto& bucket = bucket_of(client);
    const auto speed = static_cast<float>(limit.per_second);
    const auto leaked = static_cast<float>(at - bucket.at) / 1000 * speed;
    bucket.used = std::max(0.0F, bucket.used - leaked);
    bucket.at = at;
    const auto over = bucket.used + 1 - static_cast<float>(limit.burst);
    if (over > 0) return std::max(1, static_cast<int>(std::ceil(over / speed)));
    bucket.used += 1;
    return std::nullopt;
}

}  // namespace izde::http
