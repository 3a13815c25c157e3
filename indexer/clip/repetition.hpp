// Lines that stand in many documents of an archive at their beginning or end, give or take a word:
// mastheads, footers, newsletters that no rule knows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "clip/counts.hpp"
#include "clip/units.hpp"
#include "tape.hpp"

namespace izde::clip {

// In how many documents the rarest quarter of a text stands, as far as it was asked: in at least `least` and
// at most `most`. And what was asked: the highest number that it is above of, and the lowest that it is not.
struct Rarity {
    static constexpr std::uint16_t none = 0xFFFF;
    std::uint16_t least = 0, most = none;
    std::uint16_t above = 0, not_above = none;  // 0 and `none`: of no number
    bool operator==(const Rarity&) const = default;

    // Whether it is at most so many, where that is known.
    std::optional<bool> is_at_most(std::uint16_t count) const;
    void learn(std::uint16_t count, bool is_at_most);
    void note(std::uint16_t count, bool is_at_most);  // that this was asked

    void widen(const Drift& drift);  // when counts have changed so
    bool answers_as_before() const { return (above == 0 || above < least) && not_above >= most; }
};

// Used in two steps: add() the runs of every document as its reader gave it, then ask. What it learns depends
// on the set of documents only, not on their order; those that are gone can be taken off again. Counts runs
// of three words in Counts (16 MB; once more where it was read()): a run may be counted too often, which in
// archives of millions of texts hides rare footers, and makes none of what is no footer. One thread, but for
// what is static, and for what only asks.
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

    // number_of() what judge() says, of a text's Runs::ends. `body` gives the text where that is not enough,
    // which must stay until the judgement, and is asked once at most. Nothing where it gives none, or `ends`
    // are none.
    using Body = std::function<std::optional<std::string_view>()>;
    std::optional<std::uint64_t> judge(std::string_view ends, Rarity& rarity, const Body& body) const;

    // Once all is added and taken off since it was read(): compares with what it was then.
    void compare_with_before();
    // How counts of runs anywhere have changed.
    const Drift& drift() const { return drift_; }
    // Whether judge() can say something else of a text than it would have then; `rarity` is of then, and
    // widened by drift().
    bool may_judge_differently(std::string_view ends, Rarity& rarity) const;

    // What add() and take_off() made, as bytes, some 4 MB of a large archive.
    Result<void> write(indexer::Tape& tape) const;
    static std::optional<Repetition> read(std::string_view bytes);  // nothing where they are none

  private:
    struct Tables {
        Counts anywhere;  // in how many documents a run stands
        Counts at_ends;   // in how many of them in the first or last lines
    };
    class Usual;
    class Asking;

    static std::uint16_t count_at_ends(std::uint64_t run, const Tables& tables);
    static std::optional<std::uint16_t> count_at_ends(std::span<const std::uint64_t> runs,
                                                      const Tables& tables);
    bool is_as_before(std::uint64_t run) const;

    Tables now_;
    std::optional<Tables> before_;
    SlotChanges changed_;
    Drift drift_;
};

}  // namespace izde::clip
