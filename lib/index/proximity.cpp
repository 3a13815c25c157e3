// After Tao and Zhai, "An exploration of proximity measures in information retrieval" (SIGIR 2007): the
// least distance of a pair of words says more than sums over all their places. Only neighbours in the query
// are pairs, as in Metzler and Croft's sequential dependence. Figures: docs/ranking.md.
#include "index/proximity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace izde::index {
namespace {

// What a pair side by side adds, in parts of its words' mean weight.
constexpr double pair_factor = 0.4;

// Farther apart, words have nothing to do with each other.
constexpr std::uint32_t farthest = 8;

// A pair may have this many words of the query between.
constexpr std::size_t most_between = 1;

// A longer query asks for too many things for the closeness of two of them to tell.
constexpr std::size_t most_words = 20;

class Closeness {
  public:
    Closeness(const Xapian::Database& database, const positions::Lists& lists,
              const std::vector<std::vector<std::string>>& words, const Deadline* deadline,
              const std::vector<Ranked>& best)
        : database_(database), lists_(lists), deadline_(deadline), words_(words.size()),
          by_number_(best.size()), positions_(best.size() * words.size()), weights_(words.size()) {
        std::iota(by_number_.begin(), by_number_.end(), std::size_t{0});
        std::ranges::sort(by_number_, {}, [&](std::size_t i) { return best[i].document; });
        for (std::size_t word = 0; word < words_; ++word) read(words[word], word, best);
        for (Positions& positions : positions_) settle(positions);
    }

    bool ran_out() const { return ran_out_; }

    double of(std::size_t document) const {
        double sum = 0;
        for (std::size_t one = 0; one + 1 < words_; ++one)
            for (std::size_t other = one + 1; other < words_ && other <= one + 1 + most_between; ++other)
                sum +=
                    nearness(at(document, one), at(document, other)) * (weights_[one] + weights_[other]) / 2;
        return sum;
    }

  private:
    void read(const std::vector<std::string>& forms, std::size_t word, const std::vector<Ranked>& best) {
        double having = 0;
        for (const std::string& form : forms) {
            if (ran_out_) return;
            ran_out_ = has_passed(deadline_);
            having += database_.get_termfreq(form);
            positions::Cursor cursor(lists_.find(form));
            for (const std::size_t document : by_number_)
                cursor.read(best[document].document, positions_[document * words_ + word]);
        }
        const double all = database_.get_doccount();
        having = std::min(having, all / 2);
        weights_[word] = std::log((all - having + 0.5) / (having + 0.5) + 1);
    }

    const Positions& at(std::size_t document, std::size_t word) const {
        return positions_[document * words_ + word];
    }

    // 1 where `then` follows `first` at once, less with each word between and in the other order.
    static double nearness(const Positions& first, const Positions& then) {
        std::uint32_t least = farthest + 1;
        auto after = then.begin();
        for (const std::uint32_t position : first) {
            after = std::upper_bound(after, then.end(), position);
            if (after != then.end()) least = std::min(least, *after - position);
            // Equal positions are one word that both may stand for.
            auto before = after;
            if (before != then.begin() && *std::prev(before) == position) --before;
            if (before != then.begin()) least = std::min(least, position - *std::prev(before) + 1);
        }
        return least > farthest ? 0 : 1.0 / least;
    }

    const Xapian::Database& database_;
    const positions::Lists& lists_;
    const Deadline* deadline_;
    bool ran_out_ = false;
    std::size_t words_;
    std::vector<std::size_t> by_number_;  // the documents in the order posting lists have them
    std::vector<Positions> positions_;    // of each document, of each word
    std::vector<double> weights_;         // inverse document frequencies
};

}  // namespace

void raise_close(const Xapian::Database& database, const positions::Lists& lists,
                 const std::vector<std::vector<std::string>>& words, const Deadline* deadline,
                 std::vector<Ranked>& best) {
    if (words.size() < 2 || words.size() > most_words || best.empty()) return;
    const Closeness closeness(database, lists, words, deadline, best);
    if (closeness.ran_out()) return;
    for (std::size_t i = 0; i < best.size(); ++i) best[i].score += pair_factor * closeness.of(i);
    std::ranges::stable_sort(best, std::ranges::greater{}, &Ranked::score);
}

}  // namespace izde::index
