// The files of a run, kept on disk until they are read.
#pragma once

#include <filesystem>
#include <functional>

#include "options.hpp"
#include "report.hpp"
#include "spool.hpp"
#include "walk.hpp"

namespace izde::indexer {

class Found {
  public:
    // `scratch`: a folder for files without a name. What stands in the way is told to the report.
    static Result<Found> find(const Options& options, const std::filesystem::path& scratch, Report& report,
                              const std::function<bool()>& stop);

    std::size_t size() const { return extents_.size(); }
    std::uint64_t bytes() const { return bytes_; }  // of all files

    // In the order of the walk. One thread; the files must outlive it.
    class Reader {
      public:
        explicit Reader(const Found& found) : extents_(found.extents_), entries_(found.entries_.tape()) {}
        Result<Entry> entry(std::size_t number);

      private:
        Rows<Extent>::Reader extents_;
        Tape::Reader entries_;
    };

  private:
    Found() = default;
    Result<void> add(const Entry& entry);

    Spool entries_;
    Rows<Extent> extents_;
    std::uint64_t bytes_ = 0;
};

}  // namespace izde::indexer
