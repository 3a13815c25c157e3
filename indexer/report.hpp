// What a run did: for the person at the terminal, and as JSON for programs.
#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "izde/index/files.hpp"
#include "izde/result.hpp"

#include "places.hpp"

namespace izde::indexer {

struct Report {
    std::string started_at, finished_at;  // UTC
    double seconds = 0;
    bool dry_run = false, published = false;
    std::string generation;  // empty unless published, or nothing_changed
    std::string error;       // why nothing was published; empty if it was
    std::string
        unconfirmed;  // why nobody knows that the new generation is served; empty: known, or not asked
    int exit = 0;
    std::uint64_t files = 0, documents = 0, bytes = 0;
    std::map<std::string, std::uint64_t> by_lang, by_format, by_encoding;
    std::vector<std::string> warnings;             // on the run itself
    Places skipped;                                // each with its reason
    std::map<std::string, std::uint64_t> ignored;  // reason → number of files; see ignore()

    // Documents against those of the generation that was live.
    bool compared = false;
    Places added, changed, removed;
    std::uint64_t unchanged = 0;
    std::string uncompared;  // why it is not known, where something stood in the way

    // An update that found all as it was: `generation` is the live one, and stays.
    bool nothing_changed = false;

    // Where lists go that are too long for memory.
    void keep_in(const std::filesystem::path& folder);
    // One more file of this kind; of very many kinds, the last ones are one.
    void ignore(const std::string& kind);
};

// "2026-11-22T03:15:00Z"
std::string utc(std::time_t time);
std::string utc_now();

// All of it as JSON, pretty, with a line end; written piece by piece.
Result<void> write_json(const Report& report, const index::Put& put);

// Replaces the file in one step; readers see the old or the new one.
Result<void> write_report(const std::filesystem::path& file, const Report& report);

// A line for each of the skipped, free of control characters; only a handful unless `verbose`.
std::string skipped_lines(const Report& report, bool verbose);

// How many were skipped and the first of them, on one line; some must be.
std::string skipped_line(const Report& report);

// The summary on the terminal. Names some of what changed where that is all there is to know: after a dry
// run.
std::string summary(const Report& report, bool verbose);

}  // namespace izde::indexer
