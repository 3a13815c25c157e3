// Documents → what the tables hold of them, some megabytes of text at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/bytes.hpp"
#include "index/glass/run.hpp"
#include "index/term_table.hpp"

namespace izde::index::glass {

// The words of Xapian::Document: a term that is added again counts more and stands in more places. One
// thread. Throws std::length_error for what a glass table cannot hold: an empty term or one of more than 245
// bytes (fewer where it holds NUL). Memory: 20 bytes for each term of each document, their positions, what is
// stored, and 8 bytes for each position of the document at hand.
class Batch {
  public:
    void begin(std::uint32_t key);  // a document's; they ascend
    // The number of a term, for as long as the batch is there; and of each token's exact spelling.
    std::uint32_t number_of(std::string_view term);
    void numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers);
    void add_posting(std::uint32_t term, std::uint32_t position, std::uint32_t wdf);
    void add_term(std::string_view term, std::uint32_t wdf);
    void add_value(std::uint32_t slot, std::string_view value);  // once a slot; an empty one is none
    void set_data(std::string_view data);                        // stored as it is
    void end();

    const TermTable& terms() const { return terms_; }

    // Sorts what was added and writes it; nothing can be added any more. `order`: terms().sorted().
    Run write(Scratch& scratch, const std::vector<std::uint32_t>& order);

  private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Entry {  // a term of the document at hand
        std::uint32_t term, wdf;
        std::uint32_t first = none, last = none;  // of its occurrences
    };
    struct Occurrence {
        std::uint32_t position, next;
    };
    struct Posting {
        std::uint32_t term;  // once sorted by terms: the number of the document
        std::uint32_t wdf;
        std::uint32_t positions = none;  // where they begin in positions_
    };
    struct DocumentEntry {
        std::uint32_t key;
        std::uint32_t length = 0;
        std::size_t postings;  // where they begin
    };
    struct Value {
        std::uint32_t slot;
        std::uint32_t document;
        std::size_t begin, bytes;  // in value_bytes_
    };

    Entry& entry_of(std::uint32_t term);
    Entry& new_entry(std::uint32_t term);
    void check_terms();
    std::uint32_t pack_positions(const Entry& entry);
    bool put_ascending_positions(const Entry& entry);
    const std::vector<std::uint32_t>& sorted_positions(const Entry& entry);

    std::vector<Posting> by_term(std::vector<std::size_t>& begins) const;
    Bytes postings_section(const std::vector<std::uint32_t>& order, const std::vector<Posting>& sorted,
                           const std::vector<std::size_t>& begins, ValueStatistics& statistics);
    void put_values(Bytes& to, KeyWriter& keys, ValueStatistics& statistics);
    void put_lengths(Bytes& to, KeyWriter& keys) const;
    Bytes positions_section(const std::vector<std::uint32_t>& order, const std::vector<Posting>& sorted,
                            const std::vector<std::size_t>& begins) const;

    Statistics statistics_;

    TermTable terms_;
    std::vector<DocumentEntry> documents_;
    std::vector<Posting> postings_;
    std::string positions_;  // for each of some postings how many bytes, and these
    std::vector<Value> values_;
    std::string value_bytes_;
    std::string docdata_;
    std::uint32_t last_stored_ = 0;  // the key of the last document in docdata_

    // Of the document at hand.
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> entry_of_term_;  // right where that entry is the term's
    std::vector<Occurrence> occurrences_;
    std::vector<std::uint32_t> found_;
    std::string size_;
};

}  // namespace izde::index::glass
