// What a run did: for the person at the terminal, and as JSON for programs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace izde::indexer {

struct Report {
    struct Skipped {
        std::string path;
        std::string reason;
    };

    std::string started_at, finished_at;  // UTC
    double seconds = 0;
    bool dry_run = false, published = false;
    std::string generation;  // empty unless published
    std::string error;       // why nothing was published; empty if it was
    int exit = 0;
    std::uint64_t files = 0, documents = 0, bytes = 0;
    std::map<std::string, std::uint64_t> by_lang, by_format, by_encoding;
    std::vector<Skipped> skipped;                  // each with its reason
    std::map<std::string, std::uint64_t> ignored;  // reason → number of files
};

// "2026-11-22T03:15:00Z"
std::string utc_now();

std::string to_json(const Report& report);  // pretty, with a line end

// A line for each of the skipped; only a handful unless `verbose`.
std::string skipped_lines(const Report& report, bool verbose);

// The summary on the terminal.
std::string summary(const Report& report, bool verbose);

}  // namespace izde::indexer
