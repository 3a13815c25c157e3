// Documents on disk between the two passes of a build.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "descriptor.hpp"

namespace izde::indexer {

// A file without a name, gone when closed or when the process dies. Memory: 8 bytes a document and a
// buffer. Every failure is the disk's (Errc::io) and ends the run. One thread.
class Spool {
  public:
    static Result<Spool> create(const std::filesystem::path& folder);

    Result<void> add(const index::Document& document);
    Result<void> finish();  // nothing is added after it, nothing read before

    std::size_t size() const { return ends_.size(); }
    std::uint64_t bytes(std::size_t first) const {
        return first == 0 ? 0 : ends_.at(first - 1);
    }                                                            // of so many
    Result<index::Document> document(std::size_t number) const;  // numbered as they were added, from 0

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
