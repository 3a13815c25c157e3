// Near-duplicates of a whole archive: reprints of one story become a group, look-alikes do not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "clip/sketch.hpp"
#include "tape.hpp"

namespace izde::clip {

// Used in three steps: add() the print of every document, group() once, then mark() each of them. Groups
// depend on the set of documents only, not on their order. Equal texts are merged first; the others meet when
// two bins of their sketches agree (locality-sensitive hashing), and a pair that seems alike is compared word
// by word. From the longest text down, each one joins the longest text it is the same story as, or begins a
// group: so every member is alike to one text, and no chain of look-alikes holds a group together. Near
// linear: a document is set beside a bounded number of others, whatever texts come. Memory: some 60 bytes a
// document, 32 MB, and two texts of each thread; sketches lie on disk. Called from one thread, but for
// print_of(). Failures are the disk's, and those of who fetches.
class Duplicates {
  public:
    // What is to be known of a document.
    struct Print {
        Sketch sketch;
        std::uint32_t length = 0;  // half words; 0: in no group
        std::uint64_t id = 0;
        std::uint64_t content = 0;  // equal for equal texts
        std::uint32_t date = 0;
        std::uint32_t unused = 0;  // so that no byte is left to chance
    };
    static Print print_of(const index::Document& document);  // pure: any thread

    using Prints = indexer::Rows<Print>;
    explicit Duplicates(Prints prints) : prints_(std::move(prints)) {}  // none yet; they are written to it

    // Documents are numbered from 0 in the order they come. Their ids are 16 hexadecimal digits.
    Result<void> add(const Print& print);
    Result<void> see(const index::Document& document) { return add(print_of(document)); }

    // `fetch` gives the document of a number again as it was seen; its failure is handed on.
    using Fetch = std::function<Result<index::Document>(std::size_t number)>;
    // What is known already of two documents, by their numbers: whether they are the same story.
    using Recall = std::function<std::optional<bool>(std::size_t number, std::size_t centre)>;
    // Is told of each pair that was compared, or recalled, the second of them the longer text.
    using Note = std::function<void(std::size_t number, std::size_t centre, bool same)>;
    // On so many threads; `fetch` is called from all of them, the others from this one.
    Result<void> group(const Fetch& fetch, const Recall& recall = {}, const Note& note = {},
                       unsigned jobs = 1);

    const Prints& prints() const { return prints_; }
    std::uint64_t id(std::size_t number) const { return seen_[number].id; }

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

    struct Seen {
        std::uint64_t id = 0, content = 0;
        std::uint32_t length = 0, date = 0;
    };
    struct Candidates {
        // Places in the order of longer texts that seem alike, the likest first.
        std::array<std::uint32_t, most_candidates> places{};
        std::array<std::uint8_t, most_candidates> agreement{};
    };
    // The two bins of a band, then the place in the order.
    using Met = std::vector<std::uint64_t>;

    void merge_equal_texts();
    Result<void> find_candidates();
    Result<void> read_bands(std::size_t first, std::span<Met> bands,
                            const std::vector<std::uint32_t>& places);
    Result<void> meet_in_band(Met& met);
    Result<void> meet_in_bucket(std::span<const std::uint64_t> bucket);
    void meet(std::uint32_t longer, const Print& other, std::uint32_t shorter, const Print& print);
    Result<void> join_all(const Fetch& fetch, const Recall& recall, const Note& note, unsigned jobs);
    void choose_leaders();

    Prints prints_;
    std::deque<Seen> seen_;
    std::vector<std::uint32_t> order_;    // of different texts, the longest first
    std::vector<Candidates> candidates_;  // of each of these
    std::vector<std::uint32_t> centre_;   // of each document: the text its group stands around
    std::vector<std::uint32_t> leader_;   // of each centre
    std::vector<std::uint32_t> members_;  // of each centre
    std::size_t compared_ = 0;

    class Joining;
};

}  // namespace izde::clip
