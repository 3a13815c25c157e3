#include "clip/sketch.hpp"

#include <algorithm>

#include "clip/hashes.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t shingle_words = 4;

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

std::vector<std::uint64_t> shingles_of(const std::vector<text::Word>& words) {
    std::vector<std::uint64_t> shingles;
    if (words.size() < shingle_words) return shingles;
    shingles.reserve(words.size());
    const auto with = [](std::uint64_t hash, const text::Word& word) {
        return (hash ^ word.hash) * 0x9E3779B97F4A7C15u;
    };
    static_assert(shingle_words == 4);
    const text::Word* const last = words.data() + words.size() - shingle_words;
    for (const text::Word* word = words.data(); word <= last; ++word)
        shingles.push_back(mixed(with(with(with(with(0, word[0]), word[1]), word[2]), word[3])));
    keep_once(shingles);
    return shingles;
}

}  // namespace

Sketch sketch_of(const std::vector<text::Word>& words) {
    constexpr std::uint64_t empty = ~std::uint64_t{0};
    const auto shingles = shingles_of(words);
    Sketch sketch;
    sketch.shingles = static_cast<std::uint32_t>(shingles.size());
    if (shingles.empty()) return sketch;
    std::array<std::uint64_t, sketch_bins> least{};
    least.fill(empty);
    for (const std::uint64_t shingle : shingles) {
        std::uint64_t& bin = least.at(shingle % sketch_bins);
        bin = std::min(bin, shingle / sketch_bins);
    }
    for (std::size_t bin = 0; bin < sketch_bins; ++bin) {
        std::size_t lender = bin;
        for (std::uint64_t attempt = 1; least.at(lender) == empty; ++attempt)
            lender = mixed(bin << 32 | attempt) % sketch_bins;
        sketch.bins.at(bin) = static_cast<std::uint16_t>(mixed(least.at(lender)));
    }
    return sketch;
}

std::size_t agreeing(const Sketch& a, const Sketch& b) {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < sketch_bins; ++i) equal += a.bins[i] == b.bins[i] ? 1 : 0;
    return equal;
}

double containment(const Sketch& a, const Sketch& b) {
    const double fewer = std::min(a.shingles, b.shingles);
    const double more = std::max(a.shingles, b.shingles);
    if (fewer == 0) return 0;
    const double resemblance = static_cast<double>(agreeing(a, b)) / sketch_bins;
    return std::min(1.0, resemblance / (1 + resemblance) * (fewer + more) / fewer);
}

}  // namespace izde::clip
