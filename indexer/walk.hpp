// The files under the given sources, in stable order.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "izde/config.hpp"
#include "izde/result.hpp"

#include "stamp.hpp"

namespace izde::indexer {

struct Entry {
    std::string file;    // to open; empty for standard input
    std::string source;  // the source's name, part of the document's id
    std::string path;    // relative to the source folder, with '/'; valid UTF-8
    Stamp stamp;         // of the moment it was found; unknown for standard input
};

// What stood in the way: skipped is a loss to report, ignored is nothing one would want indexed
// (hidden files, symbolic links, devices, what the source's patterns leave out).
struct Obstacle {
    enum class Kind { skipped, ignored } kind = Kind::skipped;
    std::string path;
    std::string reason;
    std::string source;
};

struct Visitor {
    std::function<void(const Entry&)> file;
    std::function<void(const Obstacle&)> obstacle;
    std::function<bool()> stop;  // asked between entries
};

// Visits every source. A source that does not exist, or a pattern that means nothing, is
// Errc::bad_argument, before anything is visited; a directory that cannot be read is an obstacle.
// Symbolic links inside a source are never followed, folders that its patterns exclude not entered; it
// does not recurse on the stack. A source that is a file is read whatever the patterns say.
Result<void> walk(const std::vector<SourceConfig>& sources, const Visitor& visitor);

// The names in Entry::source, one for each of the sources. Fails as walk() does.
Result<std::vector<std::string>> source_names(const std::vector<SourceConfig>& sources);

}  // namespace izde::indexer
