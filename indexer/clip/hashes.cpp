#include "clip/hashes.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace izde::clip {
namespace {

void sort_once(std::vector<std::uint64_t>& hashes) {
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace

// Looked for in a table half of which stays free. Where they are not spread as hashes are, they are sorted
// instead: what was passed over so far stands once more among those that were kept.
void keep_once(std::vector<std::uint64_t>& hashes) {
    constexpr std::size_t most_steps = 8;  // for each, on average
    std::size_t steps_left = hashes.size() * most_steps;
    std::vector<std::uint64_t> seen(std::bit_ceil(hashes.size() * 2 + 1));
    const std::size_t mask = seen.size() - 1;
    bool is_zero_seen = false;  // 0: a free place
    std::size_t kept = 0;
    for (const std::uint64_t hash : hashes) {
        std::size_t at = hash & mask;
        for (; seen[at] != 0 && seen[at] != hash; at = (at + 1) & mask)
            if (steps_left-- == 0) return sort_once(hashes);
        if (hash == 0 ? is_zero_seen : seen[at] == hash) continue;
        is_zero_seen = is_zero_seen || hash == 0;
        seen[at] = hash;
        hashes[kept++] = hash;
    }
    hashes.resize(kept);
}

}  // namespace izde::clip
