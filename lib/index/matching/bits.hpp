// Sets of documents of a window.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace izde::index::matching {

// A query is evaluated for as many keys of documents at a time, so that what is summed up of them stays in
// the processor's caches, and memory does not grow with the index.
inline constexpr std::uint32_t window_keys = 16384;

// Places in a window, from `begin` to before `end`.
struct Range {
    std::uint32_t begin = 0, end = window_keys;
    bool empty() const { return begin >= end; }
};

// A bit for each place. Members that take a range look at the words it touches only, and expect nothing set
// beside it.
class Bits {
  public:
    void set(std::uint32_t place) { words()[place / each_] |= bit(place); }
    bool test(std::uint32_t place) const { return (words()[place / each_] & bit(place)) != 0; }

    void clear(Range range) {
        each_word(range, [this](std::size_t i) { words()[i] = 0; });
    }
    void copy(const Bits& other, Range range) {
        each_word(range, [&](std::size_t i) { words()[i] = other.words()[i]; });
    }
    void add(const Bits& other, Range range) {
        each_word(range, [&](std::size_t i) { words()[i] |= other.words()[i]; });
    }
    void keep(const Bits& other, Range range) {
        each_word(range, [&](std::size_t i) { words()[i] &= other.words()[i]; });
    }
    void drop(const Bits& other, Range range) {
        each_word(range, [&](std::size_t i) { words()[i] &= ~other.words()[i]; });
    }

    // The least range that holds what is set in this one.
    Range spanned(Range range) const {
        std::size_t begin = first(range), end = last(range);
        while (begin < end && words()[begin] == 0) ++begin;
        while (begin < end && words()[end - 1] == 0) --end;
        if (begin == end) return {0, 0};
        return {static_cast<std::uint32_t>(begin * each_) +
                    static_cast<std::uint32_t>(std::countr_zero(words_[begin])),
                static_cast<std::uint32_t>(end * each_) -
                    static_cast<std::uint32_t>(std::countl_zero(words_[end - 1]))};
    }

    // visit(place), ascending; it may take away what it is told.
    template <class Visit>
    void each(Range range, Visit visit) const {
        each_word(range, [&](std::size_t i) {
            for (std::uint64_t left = words()[i]; left != 0; left &= left - 1)
                visit(static_cast<std::uint32_t>(i * each_) +
                      static_cast<std::uint32_t>(std::countr_zero(left)));
        });
    }
    void take_away(std::uint32_t place) { words()[place / each_] &= ~bit(place); }

  private:
    static constexpr std::uint32_t each_ = 64;
    template <class Use>
    static void each_word(Range range, Use use) {
        const std::size_t end = std::min(last(range), std::size_t{window_keys / each_});
        for (std::size_t i = first(range); i < end; ++i) use(i);
    }
    static std::uint64_t bit(std::uint32_t place) { return std::uint64_t{1} << (place % each_); }
    // Not looked at for its bounds each time, as places are known to be below window_keys.
    std::uint64_t* words() { return words_.data(); }
    const std::uint64_t* words() const { return words_.data(); }
    static std::size_t first(Range range) { return range.begin / each_; }
    static std::size_t last(Range range) {
        return range.empty() ? first(range) : (range.end + each_ - 1) / each_;
    }

    std::array<std::uint64_t, window_keys / each_> words_{};
};

}  // namespace izde::index::matching
