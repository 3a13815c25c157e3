#include "index/phrase.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>

namespace izde::index {
namespace {

using Place = Positions::const_iterator;

// The first one from `at` on that is not below. Looks ahead in growing steps: mostly it is close by.
Place skip_to(Place at, Place end, std::uint64_t position) {
    std::ptrdiff_t step = 1;
    Place low = at;
    while (end - low > step && *(low + step) < position) {
        low += step;
        step *= 2;
    }
    return std::lower_bound(low, end - low > step ? low + step : end, position);
}

// A part of each word's positions that moves on with the window.
class Sliding {
  public:
    Sliding(std::span<const Positions> words, std::uint32_t window) : window_(window) {
        for (const Positions& word : words) parts_.push_back({word.begin(), word.begin(), word.end()});
    }

    // Lets the window begin at the lowest position that is left; false: there is none for some word.
    bool begin() {
        std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max();
        for (const Part& part : parts_) {
            if (part.first == part.end) return false;
            lowest = std::min(lowest, *part.first);
        }
        const std::uint64_t end = std::uint64_t{lowest} + window_;
        for (Part& part : parts_) part.behind = skip_to(std::max(part.first, part.behind), part.end, end);
        lowest_ = lowest;
        return true;
    }

    // Goes on behind the position that the window began with.
    void advance() {
        for (Part& part : parts_)
            if (*part.first == lowest_) ++part.first;
    }

    bool holds_all() {
        if (std::ranges::any_of(parts_, [](const Part& part) { return part.first == part.behind; }))
            return false;
        return are_apart() || can_part();
    }

  private:
    struct Part {
        Place first, behind, end;
    };

    // Whether those that come first in the window differ, as they nearly always do.
    bool are_apart() {
        firsts_.clear();
        for (const Part& part : parts_) firsts_.push_back(*part.first);
        std::ranges::sort(firsts_);
        return std::ranges::adjacent_find(firsts_) == firsts_.end();
    }

    // Gives each word a position of its own, if that can be: a matching, by Kuhn's algorithm.
    bool can_part() {
        taken_.clear();
        for (std::size_t word = 0; word < parts_.size(); ++word) {
            tried_.assign(parts_.size(), false);
            if (!place(word)) return false;
        }
        return true;
    }

    struct Taken {
        std::uint32_t position;
        std::size_t word;
    };

    // One step into it for each word at most, so it goes as deep as there are words.
    bool place(std::size_t word) {
        tried_[word] = true;
        for (Place at = parts_[word].first; at != parts_[word].behind; ++at)
            if (std::ranges::find(taken_, *at, &Taken::position) == taken_.end()) {
                taken_.push_back({*at, word});
                return true;
            }
        for (Place at = parts_[word].first; at != parts_[word].behind; ++at) {
            const auto by = std::ranges::find(taken_, *at, &Taken::position);
            const std::size_t other = by->word;
            if (tried_[other]) continue;
            const auto number = static_cast<std::size_t>(by - taken_.begin());
            if (!place(other)) continue;
            taken_[number].word = word;
            return true;
        }
        return false;
    }

    std::uint32_t window_;
    std::uint32_t lowest_ = 0;
    std::vector<Part> parts_;
    std::vector<std::uint32_t> firsts_;
    std::vector<Taken> taken_;
    std::vector<bool> tried_;
};

}  // namespace

void settle(Positions& positions) {
    if (std::ranges::adjacent_find(positions, std::ranges::greater_equal{}) == positions.end()) return;
    std::ranges::sort(positions);
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

void begin_phrase(Positions& starts, const Positions& word, std::uint32_t place) {
    starts.clear();
    for (const std::uint32_t position : word)
        if (position >= place) starts.push_back(position - place);
}

void narrow_phrase(Positions& starts, const Positions& word, std::uint32_t place) {
    Place at = word.begin();
    std::size_t left = 0;
    for (const std::uint32_t start : starts) {
        const std::uint64_t wanted = std::uint64_t{start} + place;
        at = skip_to(at, word.end(), wanted);
        if (at == word.end()) break;
        if (*at == wanted) starts[left++] = start;
    }
    starts.resize(left);
}

bool has_near(std::span<const Positions> words, std::uint32_t window) {
    if (words.empty()) return false;
    for (Sliding sliding(words, window); sliding.begin(); sliding.advance())
        if (sliding.holds_all()) return true;
    return false;
}

}  // namespace izde::index
