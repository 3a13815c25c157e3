// Lists for the report, of any length.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spool.hpp"

namespace izde::indexer {

// Where a document or a file stands, and what there is to say of it.
struct Place {
    std::string source;  // the name it has as a source; empty: one that is no source any more
    std::string path;
    std::string record;  // empty: the whole file
    std::string reason;  // "new", "changed", "not found", or why it was skipped
};

// A short list is kept in memory, a longer one in a file without a name. Copies are independent. One thread.
class Places {
  public:
    // `folder`: for the file.
    void keep_in(std::filesystem::path folder) { folder_ = std::move(folder); }

    void add(const Place& place);
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    // Those that the disk had no room for; they are counted, and not listed.
    std::size_t lost() const { return lost_; }

    // In their order, until `see` says false; false: so it did.
    bool each(const std::function<bool(const Place&)>& see) const;
    std::optional<Place> first() const;

  private:
    std::filesystem::path folder_;
    std::string recent_;
    std::vector<Extent> earlier_;  // whole places each
    std::shared_ptr<Tape> tape_;
    std::size_t size_ = 0, lost_ = 0, recent_places_ = 0;
};

// Why what is missing is missing: it was skipped, or lay in a folder that was. Memory: 16 bytes a place.
class Reasons {
  public:
    explicit Reasons(const Places& skipped);

    // `otherwise` for what was not skipped.
    std::string of(const std::string& source, const std::string& path, const std::string& otherwise) const;

  private:
    struct Known {
        std::uint64_t place, number;  // a hash, and which of the reasons
    };
    std::vector<Known> known_;          // in order
    std::vector<std::string> reasons_;  // that occur, the first thousand of them
};

}  // namespace izde::indexer
