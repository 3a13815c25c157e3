// What can be said of a document only when all are known.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "clip/duplicates.hpp"
#include "clip/repetition.hpp"
#include "spool.hpp"

namespace izde::indexer {

// Documents are added as they were read; once all are there, settle() understands each in the light of
// the others, and then they are given out complete, in the order they came. A failure is the disk's,
// or Errc::stopped.
class Archive {
  public:
    // `folder`: where they lie meanwhile; `jobs`: threads that understand them.
    static Result<Archive> create(const std::filesystem::path& folder, unsigned jobs);

    Result<void> add(const index::Document& document);
    Result<void> settle(const std::function<bool()>& stop);

    std::size_t size() const { return understood_.size(); }
    std::uint64_t bytes() const { return bytes(size()); }
    std::uint64_t bytes(std::size_t first) const { return understood_.bytes(first); }  // of the first so many
    Result<index::Document> document(std::size_t number) const;

  private:
    Archive(Spool read, Spool understood, unsigned jobs)
        : read_(std::move(read)), understood_(std::move(understood)), jobs_(jobs) {}
    void understand_all(std::vector<index::Document>& documents) const;
    Result<void> keep(std::vector<index::Document>& documents);

    Spool read_, understood_;
    unsigned jobs_;
    clip::Repetition repetition_;
    clip::Duplicates duplicates_;
};

}  // namespace izde::indexer
