// Lines that stand in many documents of an archive at their beginning or end, give or take a word:
// mastheads, footers, newsletters that no rule knows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "clip/units.hpp"
#include "tape.hpp"

namespace izde::clip {

// In how many documents the rarest quarter of a text stands, as far as it was asked.
struct Rarity {
    std::uint16_t least = 0, most = 0xFFFF;
    void widen(std::uint16_t by);  // when counts have changed by so much at most
};

// Used in two steps: add() the runs of every document as its reader gave it, then ask. What it learns depends
// on the set of documents only, not on their order; those that are gone can be taken off again. Counts runs
// of three words in tables of a fixed size (16 MB; a count-min sketch, Cormode and Muthukrishnan 2005): a run
// may be counted too often, which in archives of millions of texts hides rare footers, and makes none of what
// is no footer. One thread, but for what is static, and for what only asks.
class Repetition {
  public:
    Repetition();

    // A document's runs of words, each once; and what judging it asks of its text, as bytes to be kept.
    struct Runs {
        std::vector<std::uint64_t> anywhere, at_ends;
        std::string ends;
    };
    static Runs runs_of(const index::Document& document);  // pure: any thread

    void add(const Runs& runs);
    void take_off(const Runs& runs);  // of a document that was added
    void see(const index::Document& document) { add(runs_of(document)); }

    // Of each unit whether it is furniture that repeats. A reprint, most of whose text stands elsewhere
    // as well, loses only what repeats far more often than the rest of it.
    std::vector<bool> judge(Units& units, Rarity& rarity) const;
    std::vector<bool> judge(Units& units) const;

    // A judgement as a number: 0 where nothing repeats.
    static std::uint64_t number_of(const std::vector<bool>& repeats);

    // number_of() what judge() says, without the text: of its Runs::ends. Nothing where that is not enough.
    std::optional<std::uint64_t> judge(std::string_view ends, const Rarity& rarity) const;

    // By how much a count has changed at most since it was read().
    std::uint16_t drift() const;

    // What add() and take_off() made, as bytes, about 10 MB of a large archive.
    Result<void> write(indexer::Tape& tape) const;
    static std::optional<Repetition>
    read(std::string_view bytes);  // nothing for what write() cannot have written

  private:
    // How often each slot was counted. What is too large for 16 bits stands aside.
    struct Counts {
        std::vector<std::uint16_t> few;
        std::unordered_map<std::size_t, std::uint64_t> more;  // beyond what `few` can hold
        void change(std::uint64_t run, bool add);
        std::uint16_t of(std::uint64_t run) const;
        bool is_at_least(std::uint64_t run, std::uint16_t count) const;
    };
    class Usual;

    std::optional<std::uint16_t> count_at_ends(std::span<const std::uint64_t> runs) const;
    static void write(const Counts& counts, indexer::Tape& tape, Result<void>& outcome);

    Counts anywhere_;  // in how many documents a run stands
    Counts at_ends_;   // in how many of them in the first or last lines
    std::vector<std::uint16_t> anywhere_before_;
};

}  // namespace izde::clip
