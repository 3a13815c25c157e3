// Files that ended their reader: remembered, so that no night is spent on them again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "izde/result.hpp"

namespace izde::indexer {

// What is known of one of them.
struct Poisoned {
    std::uint64_t bytes = 0;
    std::int64_t modified_ns = 0;  // since 1970
    std::string content;           // 16 hexadecimal digits
    std::string version;           // of izde, which met it
    std::string reason;            // "its reader crashed (signal 11)"
    std::uint64_t taken = 0;       // documents and errors it gave before
    std::string on;                // "2026-11-22"
};

// INDEX/poison.json. A file counts as known as long as its size, time of modification, content and izde's
// version are what they were. Threads may share one.
class Poison {
  public:
    // `index`: the index folder; without a list of its own it is empty. Of a list that is damaged the
    // Error tells; go on with an empty one.
    static Result<void> load(const std::filesystem::path& index, Poison& into);

    // `file`: open for reading; where it stands is left alone.
    std::optional<Poisoned> find(const std::string& source, const std::string& path, int file) const;
    void add(const std::string& source, const std::string& path, int file, const std::string& reason,
             std::uint64_t taken);

    // Writes the list if it changed, all of it or nothing. Beyond max_files the oldest are left out.
    Result<void> save(const std::filesystem::path& index);
    static constexpr std::size_t max_files = 10'000;

  private:
    using Place = std::pair<std::string, std::string>;  // source, path
    mutable std::mutex guard_;
    mutable bool has_changed_ = false;
    mutable std::map<Place, Poisoned> files_;
};

}  // namespace izde::indexer
