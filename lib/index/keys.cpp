#include "izde/index/keys.hpp"

#include <algorithm>

namespace izde::index {
namespace {

// Leaves the most keys that ascend: a longest increasing subsequence, by patience sorting.
void drop_misplaced(std::vector<std::uint32_t>& keys) {
    const auto none = static_cast<std::uint32_t>(keys.size());
    std::vector<std::uint32_t> ends;  // of the best sequence of each length, the one that ends lowest
    std::vector<std::uint32_t> before(keys.size());
    for (std::uint32_t i = 0; i < none; ++i) {
        if (keys[i] == 0) continue;
        const auto place =
            std::ranges::lower_bound(ends, keys[i], {}, [&](std::uint32_t at) { return keys[at]; });
        before[i] = place == ends.begin() ? none : *(place - 1);
        if (place == ends.end())
            ends.push_back(i);
        else
            *place = i;
    }
    std::vector<bool> stays(keys.size(), false);
    for (std::uint32_t at = ends.empty() ? none : ends.back(); at < none; at = before[at]) stays[at] = true;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!stays[i]) keys[i] = 0;
}

// Some without keys, and the room there is for them.
class Gap {
  public:
    Gap(std::vector<std::uint32_t>& keys, std::size_t begin) : keys_(keys), begin_(begin), end_(begin) {
        while (end_ < keys.size() && keys[end_] == 0) ++end_;
    }

    // Neighbours give up theirs until there is room to spare.
    void fill() {
        if (room() < size()) {
            while (room() < size() + size() / 2) widen();
        }
        const std::uint64_t low = left(), distance = end_ == keys_.size() ? 0 : keys_[end_] - low;
        for (std::uint64_t i = 1; i <= size(); ++i)
            keys_[begin_ + i - 1] = static_cast<std::uint32_t>(
                distance == 0 ? low + i * key_distance : low + i * distance / (size() + 1));
    }

    std::size_t end() const { return end_; }

  private:
    std::uint64_t size() const { return end_ - begin_; }
    std::uint64_t left() const { return begin_ == 0 ? 0 : keys_[begin_ - 1]; }
    std::uint64_t room() const { return end_ == keys_.size() ? 2 * size() : keys_[end_] - left() - 1; }
    void widen() {
        const std::size_t step = std::max<std::size_t>(1, size() / 8);
        begin_ -= std::min(begin_, step);
        end_ += std::min(keys_.size() - end_, step);
        while (end_ < keys_.size() && keys_[end_] == 0) ++end_;
    }

    std::vector<std::uint32_t>& keys_;
    std::size_t begin_, end_;
};

}  // namespace

std::vector<std::uint32_t> keys_in_order(std::span<const std::uint32_t> known) {
    std::vector<std::uint32_t> keys(known.begin(), known.end());
    drop_misplaced(keys);
    for (std::size_t at = 0; at < keys.size();) {
        if (keys[at] != 0) {
            ++at;
            continue;
        }
        Gap gap(keys, at);
        gap.fill();
        at = gap.end();
    }
    return keys;
}

}  // namespace izde::index
