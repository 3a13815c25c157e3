#include "index/glass/merge.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace izde::index::glass {

std::size_t buffer_for(std::size_t runs) {
    constexpr std::size_t all = 16u << 20, least = 4u << 10, most = 256u << 10;
    return std::clamp(all / std::max<std::size_t>(runs, 1), least, most);
}

Merge::Merge(Scratch& scratch, const std::vector<Run>& runs, Section Run::*section) {
    all_.reserve(runs.size());
    for (std::size_t run = 0; run < runs.size(); ++run)
        all_.push_back({SectionReader(scratch, runs[run].*section, buffer_for(runs.size())), {}, 0, run});
    for (Source& source : all_) taken_.push_back(&source);
}

bool Merge::Higher::operator()(const Source* a, const Source* b) const {
    if (a->beginning != b->beginning) return a->beginning > b->beginning;
    const int order = a->key.compare(b->key);
    return order != 0 ? order > 0 : a->run > b->run;
}

void Merge::take_key(Source& source) {
    source.reader.key(source.key);
    source.beginning = 0;
    std::memcpy(&source.beginning, source.key.data(), std::min(source.key.size(), sizeof source.beginning));
    if constexpr (std::endian::native == std::endian::little)
        source.beginning = __builtin_bswap64(source.beginning);
}

const std::vector<Merge::Source*>& Merge::next() {
    for (Source* const source : taken_) {
        if (source->reader.at_end()) continue;
        take_key(*source);
        heap_.push_back(source);
        std::ranges::push_heap(heap_, Higher());
    }
    taken_.clear();
    while (!heap_.empty() && (taken_.empty() || heap_.front()->key == taken_.front()->key)) {
        std::ranges::pop_heap(heap_, Higher());
        taken_.push_back(heap_.back());
        heap_.pop_back();
    }
    return taken_;
}

}  // namespace izde::index::glass
