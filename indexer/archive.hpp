// What can be said of a document only when all are known.
#pragma once

#include <functional>

#include "clip/duplicates.hpp"
#include "spool.hpp"

namespace izde::indexer {

// Documents are added in the first pass, settled once, and given out complete in the second, in the
// order they came. A failure is the disk's, or Errc::stopped.
class Archive {
  public:
    static Result<Archive> create(const std::filesystem::path& folder);  // where they lie meanwhile

    Result<void> add(const index::Document& document);
    Result<void> settle(const std::function<bool()>& stop);

    std::size_t size() const { return spool_.size(); }
    std::uint64_t bytes() const { return bytes(size()); }
    std::uint64_t bytes(std::size_t first) const { return spool_.bytes(first); }  // of the first so many
    Result<index::Document> document(std::size_t number) const;

  private:
    explicit Archive(Spool spool) : spool_(std::move(spool)) {}
    Result<index::Document> cleaned(std::size_t number) const;

    Spool spool_;
    clip::Duplicates duplicates_;
};

}  // namespace izde::indexer
