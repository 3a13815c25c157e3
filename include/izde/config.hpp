// What both programs read from the one configuration file (TOML). Flags override it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "izde/result.hpp"

namespace izde {

// A folder, a file, or "-" (JSON Lines on standard input).
struct SourceConfig {
    std::string path;
    std::string name;  // what documents of this source are known by; empty: the folder's own name

    // Of a folder, by patterns as in .gitignore files: what is read, all where it is empty; and what is not.
    std::vector<std::string> include = {}, exclude = {};
    bool hidden = false;          // whether what begins with a dot is read
    bool one_file_system = true;  // whether folders on other file systems are left out
    int max_file_mb = 256;        // larger files are skipped; of 1,000,000 bytes
};

// A question that an index must answer before it may go live.
struct CanaryConfig {
    std::string query;  // words, all of which a document must have; "in quotes" side by side
    int min = 1;        // documents that it must find
    std::string path;   // of a document that must be among them; empty: any
};

// What is to be done where the system cannot lock in the processes that read files of rich formats.
enum class Sandbox { required, best_effort };

// A setting that the file does not name stays empty, so that a program's default can apply.
struct Config {
    std::string index;  // the index folder

    std::vector<SourceConfig> sources;
    std::optional<int> jobs;
    std::optional<int> memory;             // MB that a run of the indexer may take, 256..1,000,000
    std::optional<int> max_shrink;         // percent, 0..100
    std::optional<int> wait_live_seconds;  // for searchd to serve a new index, 1..3600
    std::vector<CanaryConfig> canaries;
    std::map<std::string, std::string> field_names;  // own record key → izde's: {"headline", "title"}
    std::optional<Sandbox> sandbox;                  // "required" or "best-effort"

    std::string listen;                // "127.0.0.1:8080"
    std::string web;                   // a folder that replaces the built-in page
    std::vector<std::string> aliases;  // files of names that mean the same (izde/names/aliases.hpp)
    std::optional<double> freshness;   // 0..1 (izde/index/reader.hpp)
    std::optional<int> threads;
    std::optional<bool> is_public;  // allow listening beyond this machine without a key
};

// Reads and checks the file; relative paths in it start at the file's folder. An unknown key, a wrong type or
// a value out of range is an Errc::bad_argument whose message starts with "FILE:LINE: " and names the nearest
// known key.
Result<Config> read_config(const std::filesystem::path& file);

}  // namespace izde
