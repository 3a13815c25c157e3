// Near-duplicates of a whole archive: reprints of one story become a group, look-alikes do not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "clip/sketch.hpp"

namespace izde::clip {

// Used in three steps: add() the print of every document, group() once, then mark() each of them. Groups
// depend on the set of documents only, not on their order. Equal texts are merged first; the others meet when
// two bins of their sketches agree (locality-sensitive hashing), and a pair that seems alike is compared word
// by word. From the longest text down, each one joins the longest text it is the same story as, or begins a
// group: so every member is alike to one text, and no chain of look-alikes holds a group together. Near
// linear: a document is set beside a bounded number of others, whatever texts come. Memory: some 230 bytes a
// document and two texts. One thread, but for print_of().
class Duplicates {
  public:
    // What is to be known of a document.
    struct Print {
        Sketch sketch;
        std::uint64_t id = 0;
        std::uint64_t content = 0;  // equal for equal texts
        std::uint32_t length = 0;   // half words; 0: in no group
        std::uint32_t date = 0;
    };
    static Print print_of(const index::Document& document);  // pure: any thread

    // Documents are numbered from 0 in the order they come. Their ids are 16 hexadecimal digits.
    void add(const Print& print) { seen_.push_back({print, {}, {}}); }
    void see(const index::Document& document) { add(print_of(document)); }

    // `fetch` gives the document of a number again as it was seen; its failure is handed on.
    using Fetch = std::function<Result<index::Document>(std::size_t number)>;
    Result<void> group(const Fetch& fetch);

    const Print& print(std::size_t number) const { return seen_[number]; }

    // A document's group.
    struct Place {
        std::uint64_t leader = 0;   // the id of the group's earliest document (a coarse date stands at its
                                    // first day, undated ones last, then by id)
        std::uint64_t similar = 0;  // how many others are in it; 0: it is in no group
        bool operator==(const Place&) const = default;
    };
    Place place(std::size_t number) const;

    // Sets `group` and `similar` as the place says.
    static void mark(const Place& place, index::Document& document);
    void mark(std::size_t number, index::Document& document) const { mark(place(number), document); }

    std::size_t compared() const { return compared_; }  // pairs of texts

  private:
    static constexpr std::size_t most_candidates = 4;

    struct Seen : Print {
        // Places in the order of longer texts that seem alike, the likest first.
        std::array<std::uint32_t, most_candidates> candidates{};
        std::array<std::uint8_t, most_candidates> agreement{};
    };

    void merge_equal_texts();
    void find_candidates();
    void meet_in_bucket(std::span<const std::uint64_t> bucket);
    void meet(std::uint32_t longer, std::uint32_t shorter);
    Result<void> join(std::uint32_t number, const Fetch& fetch);
    void choose_leaders();

    std::deque<Seen> seen_;
    std::vector<std::uint32_t> order_;    // of different texts, the longest first
    std::vector<std::uint32_t> centre_;   // of each document: the text its group stands around
    std::vector<std::uint32_t> leader_;   // of each centre
    std::vector<std::uint32_t> members_;  // of each centre
    std::size_t compared_ = 0;
};

}  // namespace izde::clip
