// Sets of documents of a window.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace izde::index::matching {

// A query is evaluated for as many documents at a time, so that what is summed up of them stays in the
// processor's caches, and memory does not grow with the index.
inline constexpr std::uint32_t window_documents = 16384;

// std::popcount() calls a function that looks them up, where programs are to run on any processor.
constexpr unsigned ones(std::uint64_t bits) {
    constexpr std::uint64_t each = ~std::uint64_t{0}, twos = each / 3, fours = each / 5, eights = each / 17,
                            bytes = each / 255;
    bits -= (bits >> 1) & twos;
    bits = (bits & fours) + ((bits >> 2) & fours);
    bits = (bits + (bits >> 4)) & eights;
    return static_cast<unsigned>((bits * bytes) >> 56);
}

// Sets of places are held in words of so many bits.
inline constexpr std::uint32_t word_bits = 64;

// visit(place), ascending, for what is set in the word of that number.
template <class Visit>
[[gnu::always_inline]] inline void each_bit(std::uint64_t bits, std::size_t word, Visit&& visit) {
    for (; bits != 0; bits &= bits - 1)
        visit(static_cast<std::uint32_t>(word * word_bits) +
              static_cast<std::uint32_t>(std::countr_zero(bits)));
}

// Places in a window, from `begin` to before `end`.
struct Range {
    std::uint32_t begin = 0, end = window_documents;
    bool empty() const { return begin >= end; }
};

// A bit for each place. Members that take a range look at the words it touches only, and expect nothing set
// beside it. There is room for `slack` places behind a window.
class Bits {
  public:
    static constexpr std::uint32_t slack = word_bits;

    void set(std::uint32_t place) { words()[place / word_bits] |= bit(place); }
    // What set() and test() do, as values.
    struct Setter {
        std::uint64_t* words;
        void operator()(std::uint32_t place) const { words[place / word_bits] |= bit(place); }
    };
    struct Tester {
        const std::uint64_t* words;
        bool operator()(std::uint32_t place) const { return (words[place / word_bits] & bit(place)) != 0; }
    };
    Setter setter() { return {words()}; }
    Tester tester() const { return {words()}; }
    bool test(std::uint32_t place) const { return (words()[place / word_bits] & bit(place)) != 0; }

    void clear(Range range) {
        each_word(range, [this](std::size_t i) { words()[i] = 0; });
    }
    void copy(const Bits& other, Range range) {
        each_word(range, [&](std::size_t i) { words()[i] = other.words()[i]; });
    }
    void append_to(std::vector<std::uint64_t>& others, Range range) const {
        each_word(range, [&](std::size_t i) { others.push_back(words()[i]); });
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
        return {static_cast<std::uint32_t>(begin * word_bits) +
                    static_cast<std::uint32_t>(std::countr_zero(words_[begin])),
                static_cast<std::uint32_t>(end * word_bits) -
                    static_cast<std::uint32_t>(std::countl_zero(words_[end - 1]))};
    }

    // visit(place), ascending; it may take away what it is told.
    template <class Visit>
    void each(Range range, Visit visit) const {
        each_word(range, [&](std::size_t i) { each_bit(words()[i], i, visit); });
    }
    // The same of what these words, which stand beside its own, hold too, or else do not.
    template <class Visit>
    void each_in(const std::uint64_t* others, Range range, Visit visit) const {
        each_word(range, [&](std::size_t i) { each_bit(words()[i] & others[i], i, visit); });
    }
    template <class Visit>
    void each_beside(const std::uint64_t* others, Range range, Visit visit) const {
        each_word(range, [&](std::size_t i) { each_bit(words()[i] & ~others[i], i, visit); });
    }

    // Moves what is set to `other`, and calls visit(place) for what `only` holds of it (null: for all).
    template <class Visit>
    void move_to(Bits& other, const Bits* only, Range range, Visit visit) {
        each_word(range, [&](std::size_t i) {
            const std::uint64_t all = std::exchange(words()[i], 0);
            if (all == 0) return;
            other.words()[i] |= all;
            each_bit(only != nullptr ? all & only->words()[i] : all, i, visit);
        });
    }
    // Becomes what `other`, which may be this one, holds and is_wanted(place) says.
    template <class Wanted>
    void choose(const Bits& other, Range range, Wanted is_wanted) {
        each_word(range, [&](std::size_t i) {
            std::uint64_t chosen = 0;
            each_bit(other.words()[i], i, [&](std::uint32_t place) {
                chosen |= std::uint64_t{is_wanted(place)} << (place % word_bits);
            });
            words()[i] = chosen;
        });
    }
    std::uint64_t count(Range range) const {
        std::uint64_t count = 0;
        each_word(range, [&](std::size_t i) { count += ones(words()[i]); });
        return count;
    }
    void take_away(std::uint32_t place) { words()[place / word_bits] &= ~bit(place); }

  private:
    static constexpr std::uint32_t words_of_all = (window_documents + slack) / word_bits;
    template <class Use>
    static void each_word(Range range, Use use) {
        const std::size_t end = std::min(last(range), std::size_t{words_of_all});
        for (std::size_t i = first(range); i < end; ++i) use(i);
    }
    static std::uint64_t bit(std::uint32_t place) { return std::uint64_t{1} << (place % word_bits); }
    // Not looked at for its bounds each time, as places are known to be below the end.
    std::uint64_t* words() { return words_.data(); }
    const std::uint64_t* words() const { return words_.data(); }
    static std::size_t first(Range range) { return range.begin / word_bits; }
    static std::size_t last(Range range) {
        return range.empty() ? first(range) : (range.end + word_bits - 1) / word_bits;
    }

    std::array<std::uint64_t, words_of_all> words_{};
};

}  // namespace izde::index::matching
