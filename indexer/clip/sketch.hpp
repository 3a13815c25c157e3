// A text's shingles (runs of four words) as a few numbers that are enough to guess how many of them
// two texts share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "izde/text/words.hpp"

namespace izde::clip {

// MinHash: Andrei Broder, On the resemblance and containment of documents, 1997; made with one hash a
// shingle (Ping Li, Art Owen, Cun-Hui Zhang, One Permutation Hashing, 2012), bins that stay empty
// borrow from others (Anshumali Shrivastava, Optimal Densification, 2017). 16 bits of each are kept.
constexpr std::size_t sketch_bins = 64;

struct Sketch {
    std::array<std::uint16_t, sketch_bins> bins{};
    std::uint32_t shingles = 0;  // distinct ones; 0: too short to have any, nothing is like it
};
Sketch sketch_of(const std::vector<text::Word>& words);

// How many bins agree; of 64, about 64 × shared shingles / shingles of both.
std::size_t agreeing(const Sketch& a, const Sketch& b);

// The part of the smaller one's shingles that the other has as well, as the sketches let guess: 0 to 1.
double containment(const Sketch& a, const Sketch& b);

}  // namespace izde::clip
