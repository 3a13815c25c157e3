// Documents on disk between the passes of a build, and from one run to the next.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "descriptor.hpp"

namespace izde::indexer {

// Records of index::write_record, one behind the other. Memory: 8 bytes a document and a buffer. Every
// failure is the disk's (Errc::io) and ends the run. One thread, but for document(), which any may ask once
// all were added.
class Spool {
  public:
    // A file in `folder` without a name, gone when closed or when the process dies; or with one, to be kept.
    static Result<Spool> create(const std::filesystem::path& folder);
    static Result<Spool> create(const std::filesystem::path& folder, const std::string& name);

    Result<void> add(std::string_view record);
    Result<void> finish();  // nothing is added after it, nothing read before

    std::size_t size() const { return ends_.size(); }
    std::uint64_t bytes(std::size_t first) const { return first == 0 ? 0 : ends_[first - 1]; }  // of so many

    Result<std::string> record(std::size_t number) const;  // numbered as they were added, from 0
    Result<index::Document> document(std::size_t number) const;

  private:
    Spool(Descriptor file, std::filesystem::path folder)
        : file_(std::move(file)), folder_(std::move(folder)) {}
    Failure failed(const std::string& doing) const;

    Descriptor file_;
    std::filesystem::path folder_;
    std::string buffer_;
    std::vector<std::uint64_t> ends_;
};

}  // namespace izde::indexer
