#include "index/matching/ordinals.hpp"

namespace izde::index::matching {

void Ordinals::add(std::uint32_t key) {
    const std::uint32_t group = key / key_distance;
    if (group >= firsts_.size()) firsts_.resize(group + 1, end_);
    end_ = of(key) + 1;
    while (keys_.size() < end_) keys_.push_back(key - (end_ - 1 - static_cast<std::uint32_t>(keys_.size())));
    end_of_keys_ = key + 1;
}

void Ordinals::finish() {
    keys_.resize(keys_.size() + Bits::slack, end_of_keys_);
    firsts_.shrink_to_fit();
    keys_.shrink_to_fit();
}

}  // namespace izde::index::matching
