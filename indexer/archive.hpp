// What can be said of a document only when all are known.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clip/duplicates.hpp"
#include "clip/repetition.hpp"
#include "spool.hpp"

namespace izde::indexer {

// A document as it was read.
struct Raw {
    std::string record;  // index::write_record
    std::uint64_t id = 0;
    clip::Repetition::Runs runs;
    // Its number among those that another run knew, if it was the same there.
    std::optional<std::uint32_t> known;
};
Raw raw_of(const index::Document& document);  // pure: any thread

// Documents are added as they were read; once all are there, settle() understands each in the light of
// the others, and then they are given out complete, in the order they came. A failure is the disk's,
// or Errc::stopped.
class Archive {
  public:
    // Of a document that another run knew: what it was understood as, in the light of what.
    struct Before {
        std::uint64_t repeats = 0;  // clip::repeats_of()
        clip::Duplicates::Print print;
    };
    // How to get at them; `stored` gives it as it was stored, by its number. Any thread may ask for `before`.
    struct Memory {
        std::function<Before(std::uint32_t known)> before;
        std::function<Result<index::Document>(std::uint32_t known)> stored;
    };

    // `folder`: where they lie meanwhile; `jobs`: threads that understand them. `keep`: a folder where the
    // records as they were read stay, in a file `documents`; empty: nowhere.
    static Result<Archive> create(const std::filesystem::path& folder, unsigned jobs,
                                  const std::filesystem::path& keep = {});
    // Before the first document of it is added.
    void remember(Memory memory) { memory_ = std::move(memory); }

    Result<void> add(const Raw& raw);
    Result<void> settle(const std::function<bool()>& stop);

    std::size_t size() const { return kept_.size(); }
    std::uint64_t bytes() const { return bytes(size()); }
    std::uint64_t bytes(std::size_t first) const { return read_.bytes(first); }  // of the first so many

    // What settle() found out of a document.
    struct Kept {
        std::uint64_t id = 0;
        std::uint64_t read = 0;  // XXH3-64 of the record
        std::uint64_t repeats = 0;
        std::optional<std::uint32_t> known;  // it was understood as it is now, but for its group
        clip::Duplicates::Place place;
    };
    const Kept& kept(std::size_t number) const { return kept_[number]; }
    const clip::Duplicates::Print& print(std::size_t number) const { return duplicates_.print(number); }

    Result<index::Document> document(std::size_t number) const;

  private:
    Archive(Spool read, Spool understood, unsigned jobs)
        : read_(std::move(read)), understood_(std::move(understood)), jobs_(jobs) {}
    struct Settled;
    Result<Settled> settle_one(std::size_t number) const;
    Result<void> settle_all(const std::function<bool()>& stop);
    Result<index::Document> ungrouped(std::size_t number) const;

    Spool read_, understood_;
    unsigned jobs_;
    Memory memory_;
    std::vector<Kept> kept_;
    clip::Repetition repetition_;
    clip::Duplicates duplicates_;
};

}  // namespace izde::indexer
