// Which documents match a plan, and how well, window by window.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "index/glass/posting_cursor.hpp"
#include "index/matching/bits.hpp"
#include "index/matching/clock.hpp"
#include "index/matching/lengths.hpp"
#include "index/matching/plan.hpp"
#include "index/matching/standing.hpp"

namespace izde::index::matching {

// Memory that evaluations use one after the other; between them all of it is zero.
class Scratch {
  public:
    // For one node of a plan: what it matches, and beside it.
    struct Frame {
        Bits marks, part, touched, worth;
        std::vector<double> scores = std::vector<double>(window_documents + Bits::slack);
        std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(window_documents + Bits::slack);
    };

    Frame& take() {
        if (taken_ == frames_.size()) frames_.push_back(std::make_unique<Frame>());
        return *frames_[taken_++];
    }
    void give_back() { --taken_; }  // the one taken last
    void forget() {                 // where an evaluation ended before it was done
        frames_.clear();
        taken_ = 0;
    }

  private:
    std::vector<std::unique_ptr<Frame>> frames_;
    std::size_t taken_ = 0;
};

// What of an index is read for the documents of a window.
struct Documents {
    const glass::MappedTable& postings;
    const Lengths& lengths;
    Standing& standing;
};

// Of one plan, whose lists it reads forward. A node's work is a pass over the lists below it, and over the
// documents that the parts before left; what scores is added up by place, so that nothing is sorted.
class Evaluation {
  public:
    Evaluation(Plan& plan, const Bm25& bm25, const Documents& documents, Scratch& scratch, Clock& clock);
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;
    ~Evaluation();

    // The documents from this ordinal on, at most window_documents of them; windows ascend. False: time was
    // up before all of them were looked at, and there is nothing to be known of them.
    bool window(std::uint32_t first, std::uint32_t documents);

    // From the next window on documents that cannot score more than this may be told less than they score:
    // they are found, but not all that they score by is looked for in them.
    void expect_more_than(double score) { least_ = score; }

    const Bits& matches() const { return found_.marks; }
    // Those of them that may score more than was expected; what others score is not told.
    const Bits& candidates() const { return are_few_weighed_ ? found_.worth : found_.marks; }
    const std::vector<double>& scores() const { return found_.scores; }

  private:
    using Frame = Scratch::Frame;

    // These look at the places of the range, and of them only at those that the filter holds (null: all),
    // mark what matches, and add to its scores (null: nobody wants them). `is_first`: nothing is marked yet,
    // nor has a score, and what comes out of it is all.
    void evaluate(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores,
                  bool is_first = false);
    void any(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores);
    void terms(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores);
    void one_word(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores);
    void all(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores, bool is_first);
    Range narrowed(const Node& node, const Bits* filter, Range range, Frame& frame, Bits& marks,
                   double* scores, bool is_whole);
    // The same, and adds how often the words occur in place of a score.
    void count(const Node& node, const Bits* filter, Range range, Bits& marks, std::uint32_t* counts);
    void count_together(const Node& node, const Bits* filter, Range range, Bits& marks,
                        std::uint32_t* counts);
    // Adds what `boost` gives to the scores of what is marked.
    void raise(const Node& node, Range range, Frame& frame, const Bits& marks, double* scores, bool is_whole);
    // Unmarks what does not.
    void stand_as_asked(const Node& node, Range range, Bits& marks);
    void lie_in_days(const Node& node, Range range, Bits& marks);
    // What a word scores in the documents of the window: a copy, so that loops need not look for changes.
    struct Weigh {
        double weight;
        Bm25 bm25;
        const std::uint32_t* lengths;
        double operator()(std::uint32_t place, std::uint32_t occurrences) const {
            return bm25.score(weight, occurrences, lengths[place]);
        }
    };
    Weigh weigh(const Node& node) const { return {node.weight, bm25_, lengths_}; }
    const Ordinals& ordinals() const { return documents_.lengths.ordinals(); }
    std::uint32_t key_of(std::uint32_t place) const { return ordinals().key(first_ + place); }
    void find_choice();
    void clear();

    // Marks what the list has of what the filter holds, and calls use(place, wdf) for each that is weighed.
    template <class Use>
    void find(std::uint32_t list, const Bits* filter, Range range, Bits& marks, Use use);
    template <class Visit>
    void read(std::uint32_t number, const Bits* filter, Range range, Visit visit);
    template <class Visit>
    void read(List& list, Range range, Visit visit);
    void begin_again(List& list);

    Plan& plan_;
    const Bm25& bm25_;
    Documents documents_;
    Scratch& scratch_;
    Clock& clock_;
    Frame& found_;
    std::uint32_t first_ = 0;  // of the window, by its ordinal
    Range whole_{0, 0};
    bool is_done_ = true;  // with the window; else all of the memory may hold something
    double least_ = 0;
    // The words of which a document needs any, if the query comes down to that, and what else scores at most.
    const Node* choice_ = nullptr;
    double beside_choice_ = 0;
    bool are_few_weighed_ = false;            // of the window: those in found_.worth
    const Bits* weighed_ = nullptr;           // while other documents need no score: these
    const std::uint32_t* lengths_ = nullptr;  // of the window
    glass::ValueCursor first_days_, last_days_;
};

// Has all windows evaluated, and calls visit(first, range) after each. Where time runs out, before which
// ordinal; else the end of all documents.
template <class Visit>
std::uint32_t each_window(Evaluation& evaluation, const Ordinals& ordinals, Clock& clock, Visit visit) {
    // The first one is small, so that however late it is some documents are looked at. Each begins with a
    // multiple of word_bits.
    std::uint32_t places = 128;
    for (std::uint32_t first = 0; first < ordinals.end();
         first += places, places = std::min(places * 4, window_documents)) {
        places = std::min(places, ordinals.end() - first);
        if (!evaluation.window(first, places)) return first;
        visit(first, Range{0, places});
        clock.start();
        if (clock.look() && first + places < ordinals.end()) return first + places;
    }
    return ordinals.end();
}

}  // namespace izde::index::matching
