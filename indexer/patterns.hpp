// Patterns for paths, as .gitignore files write them.
//
//   *~          a name at any level       /drafts/    only right below the source
//   drafts/     folders only              2023/*.txt  a '/' within: from the source on
//   *  ?  [a-z] [!a-z]   within a name    **          any number of folders
//   \*          the character itself      !notes.txt  not this, though a pattern before means it
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/result.hpp"

namespace izde::indexer {

// Letters count with their case, `?` and classes stand for one character of UTF-8. Takes time in
// proportion to the pattern's length times the path's, whatever they say.
class Patterns {
  public:
    static constexpr std::size_t max_bytes = 1024;  // of one pattern

    // Errc::bad_argument names the pattern that means nothing.
    static Result<Patterns> read(const std::vector<std::string>& lines);

    bool empty() const { return patterns_.empty(); }

    enum class Kind { file, folder };

    // Whether they mean the path, which is relative to the source, with '/'. The last pattern that fits
    // decides, nothing: none does. What lies in a folder they mean is the caller's to know.
    std::optional<bool> match(std::string_view path, Kind kind) const;

  private:
    struct Pattern {
        std::vector<std::string> names;  // "**": any number of folders
        bool only_folders = false;
        bool spares = false;  // with '!'
    };
    static Result<Pattern> read_one(std::string_view line);

    std::vector<Pattern> patterns_;
};

}  // namespace izde::indexer
