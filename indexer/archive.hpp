// What can be said of a document only when all are known.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clip/clipping.hpp"
#include "clip/duplicates.hpp"
#include "clip/repetition.hpp"
#include "known.hpp"
#include "spool.hpp"

namespace izde::indexer {

// A document as it was read.
struct Raw {
    std::string record;  // index::write_record
    std::uint64_t id = 0;
    clip::Repetition::Runs runs;
    std::string format, encoding;
};
Raw raw_of(const index::Document& document);  // pure: any thread

// Documents are added as they were read; once all are there, settle() understands each in the light of
// the others, and then they are given out complete, in the order they came. A failure is the disk's,
// Errc::stopped, or Errc::index_corrupt where what is remembered of an earlier run is damaged. Memory: what
// clip::Duplicates and clip::Repetition take, and 4 bytes a document; the rest lies on disk.
class Archive {
  public:
    struct Where {
        std::filesystem::path scratch;  // for files without a name
        std::filesystem::path keep;     // a folder where the tapes `documents` and `prints` stay
        unsigned jobs = 1;              // threads that understand them
    };
    static Result<Archive> create(const Where& where);
    // To go on from what an earlier run knew, and counted. `stored` gives a document of it as it was stored.
    using Stored = std::function<Result<index::Document>(const KnownDocument& known)>;
    static Result<Archive> create(const Where& where, const Known& known, Stored stored,
                                  clip::Repetition repetition);

    Result<void> add(const Raw& raw, std::uint32_t format, std::uint32_t encoding);
    // One that was known, and is the same; each at most once.
    Result<void> add(std::uint32_t number, const KnownDocument& known);
    Result<void> settle(const std::function<bool()>& stop);

    std::size_t size() const { return known_.size(); }
    std::uint64_t bytes() const { return bytes_; }  // of all records

    // Those of the earlier run, and no others, in their order.
    bool is_as_known() const;

    // By its number among those of the earlier run; `nobody`: it is none of them.
    static constexpr std::uint32_t nobody = 0xFFFFFFFF;
    std::uint32_t known(std::size_t number) const { return known_[number]; }

    // What settle() found out of a document.
    std::uint64_t id(std::size_t number) const { return duplicates_.id(number); }
    clip::Duplicates::Place place(std::size_t number) const { return duplicates_.place(number); }
    bool is_as_stored(std::size_t number) const { return as_stored_[number]; }  // but for its group

    // Complete. Any thread.
    Result<index::Document> document(std::size_t number) const;

    // Tells `now` of all of them, with their keys in the index.
    Result<void> remember(const std::function<std::uint32_t(std::size_t number)>& key,
                          Remembering& now) const;
    // As they were added: those that were known with their key and place of then.
    const Known::Rows& rows() const { return rows_; }
    const Tape& records() const { return read_.tape(); }
    const Tape& prints() const { return duplicates_.prints().tape(); }
    const clip::Repetition& repetition() const { return repetition_; }
    const Pairs& pairs() const { return pairs_; }

  private:
    // What is known of a document when it was read, and when it was understood.
    struct Understood {
        Extent record;  // empty: as it is stored
        std::uint64_t repeats = 0;
        clip::Rarity rarity;
    };
    struct Settled {
        std::string record;
        clip::Repeats repeats;
        clip::Duplicates::Print print;
    };
    class Settling;

    static Result<Archive> create(const Where& where, Tape read);
    Archive(Spool read, Spool understood, Known::Rows rows, Rows<Understood> settled,
            clip::Duplicates::Prints prints, unsigned jobs);
    Result<void> go_on();
    Result<void> take_off_what_is_gone();
    Result<void> group(const std::function<bool()>& stop);
    Result<void> settle_all(const std::function<bool()>& stop);
    Result<void> take(Settled&& settled);
    Result<std::string> read(const Extent& at, std::uint64_t hash) const;
    Result<index::Document> as_read(const KnownDocument& row) const;
    Result<index::Document> ungrouped(std::size_t number) const;

    const Known* before_ = nullptr;
    Stored stored_;
    std::filesystem::path keep_;
    bool goes_on_ = false;   // `read_`, behind what was known
    bool has_begun_ = true;  // false until something is found changed: `read_` waits for it

    Spool read_, understood_;
    Known::Rows rows_;  // keys and places are not known yet
    Rows<Understood> settled_;
    unsigned jobs_;
    std::uint64_t bytes_ = 0;
    std::vector<std::uint32_t> known_;
    std::vector<bool> as_stored_;
    std::vector<bool> is_still_there_;  // of those that were known
    clip::Repetition repetition_;
    clip::Duplicates duplicates_;
    Pairs pairs_;
};

}  // namespace izde::indexer
