// From an archive to a generation: written anew, or as a change of the live one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"

#include "archive.hpp"
#include "known.hpp"
#include "options.hpp"
#include "report.hpp"

namespace izde::indexer {

struct Writing {
    const Options& options;
    const Budget& budget;
    Report& report;
    const std::function<bool()>& stop;
    Archive& archive;
    std::uint32_t now = 0;  // when documents that are new were first seen
};

// Where it is written to.
struct Into {
    std::filesystem::path building;  // an empty folder
    std::filesystem::path words;     // a file, for the next index::Revision
    index::Manifest manifest;        // with generation, built_at and seconds-so-far
};

struct Live {
    std::filesystem::path generation;
    const Known& known;  // of it
};

// To be done first: Archive::settle(), told to who waits.
Result<void> settle(const Writing& writing);

// Gives each document as it will be stored, in order, and compares it with the live generation's.
Result<void> give_all(const Writing& writing,
                      const std::function<Result<void>(index::Document document)>& take);

// Writes all, or where little has changed takes the rest over from the live generation; `now` is told of all
// documents.
Result<void> write(const Writing& writing, const Into& into, Remembering& now);
Result<void> write(const Writing& writing, const Into& into, const Live& live, Remembering& now);

}  // namespace izde::indexer
