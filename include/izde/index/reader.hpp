// Reads one finished generation: a query → matches → documents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/document.hpp"
#include "izde/index/facets.hpp"
#include "izde/index/manifest.hpp"
#include "izde/index/pieces.hpp"
#include "izde/index/query.hpp"
#include "izde/index/vocabulary.hpp"
#include "izde/result.hpp"

namespace izde::index {

// first_seen: what the index saw last stands first, then the newest.
enum class Order : std::uint8_t { relevance, newest, oldest, first_seen };

// Whether near-duplicates are one match: the group's leader where it matches, or else the earliest
// dated member that does. It has the score and by relevance the rank of the member that matches
// best; by date its own place.
enum class Fold : std::uint8_t { off, on };

struct Window {
    std::uint32_t offset = 0, limit = 10;
    Order order = Order::relevance;
    Fold fold = Fold::off;
    bool counted = true;                 // whether Matches::total is wanted
    const Deadline* deadline = nullptr;  // null: takes as long as it takes
    bool kept = false;                   // whether Matches::all is wanted
};

struct Match {
    std::uint32_t key = 0;
    double score = 0;
};

// What raises some of the best matches by relevance, beside the query.
struct Refinement {
    // Words that were typed side by side, in this order, each with the spellings it may stand in: the
    // closer they stand in a text the better.
    std::vector<std::vector<std::string>> words;
    bool feedback = false;  // whether words that the best matches share count as well
    double freshness = 0;   // 0..1: by which part of its score the newest is raised, older ones by less
};

// Of that many of the best matches the closeness of words and the age are looked at.
inline constexpr std::uint32_t refined_matches = 20;

// Facets are those of at most this many matches; totals have no such bound.
inline constexpr std::uint32_t faceted_matches = 200'000;

struct Matches {
    std::vector<Match> items;
    std::uint64_t total = 0;  // of all pages; 0 unless counted
    bool exact = true;        // else the deadline passed while counting, and `total` is an estimate
    bool complete = true;     // else it passed before all matches were seen, and better ones may be missing
    // A bit for each document, for count(); empty unless kept and exact. An eighth of a byte a document.
    std::vector<std::uint64_t> all;
};

// A document whose long body was left in the index.
struct Peeked {
    std::uint32_t key = 0;
    Document document;  // with a body that is not long
    std::size_t body_bytes = 0;
    Pieces long_body;  // without pieces: the document has it
};

// For one thread at a time. Opening costs well under a millisecond; what was opened stays whole
// also when the generation's folder is removed.
class Reader {
  public:
    // Errc::index_incompatible when the analysis rules or the format differ from this program's.
    static Result<Reader> open(const std::filesystem::path& generation);

    // One more of the same generation, for another thread; they share its manifest, vocabulary and groups.
    Result<Reader> another() const;

    // Reads what a first search would have to wait for. May take seconds where the disk is slow.
    Result<void> warm() const;

    // Errc::io once a part of a file of the generation is gone, or the disk cannot read it: what was read
    // before, of the vocabulary too, may have been zeros. Other calls of all its readers fail so by
    // themselves.
    Result<void> intact() const;

    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    const Manifest& manifest() const;
    const Vocabulary& vocabulary() const;
    const std::vector<std::string>& languages() const;  // of documents and paragraphs, without "und"

    Result<Matches> match(const Query& query, Window window, const Refinement& refinement = {}) const;
    // Folded: of each value the groups with a matching member that has it, so that a search with the
    // value as its filter finds as many. In the order of `by`.
    Result<std::vector<FacetCounts>> count(const Query& query, std::span<const Breakdown> by, Fold fold,
                                           const Deadline* deadline = nullptr) const;
    // The same, of all matches that this generation's match() kept; nothing is looked for again.
    Result<std::vector<FacetCounts>> count(std::span<const std::uint64_t> all, std::span<const Breakdown> by,
                                           Fold fold, const Deadline* deadline = nullptr) const;

    // Of a longer body only so many bytes, which may end inside of a character: a long text is stored in
    // pieces, and those behind are not read.
    static constexpr std::size_t whole_body = std::numeric_limits<std::size_t>::max();
    Result<Document> fetch(Match match, std::size_t most_body = whole_body) const;
    Result<Document> fetch(std::string_view id) const;  // Errc::not_found

    Result<Peeked> peek(Match match) const;
    // Of its long body the pieces `first` to before `end`.
    Result<std::string> read(const Peeked& peeked, std::size_t first, std::size_t end) const;
    // Where a spelling stands in its long body, ascending; the first `most`.
    Result<std::vector<std::uint32_t>> positions(const Peeked& peeked, std::string_view spelling,
                                                 std::size_t most) const;

    // Reads everything: files by their checksums, counts; and the structure, by Xapian's own check, which
    // takes ten times as long as the rest.
    enum class Structure { checked, trusted };
    static Result<void> verify(const std::filesystem::path& generation,
                               Structure structure = Structure::checked);

  private:
    struct Shared;
    struct State;
    class Search;
    explicit Reader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
