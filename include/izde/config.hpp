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

// What a log line says of a query: nothing; a hash that tells equal ones of a day; the query.
enum class QueryLog { off, hashed, full };
// And of the client's address: nothing; its network; the address.
enum class AddressLog { off, truncated, full };

// What clients of searchd may ask at most.
struct LimitsConfig {
    std::optional<int> connections;              // at once
    std::optional<int> connections_per_address;  // of these
    std::optional<int> queue;                    // searches that wait
};

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
    std::optional<bool> is_public;  // allow listening beyond this machine, and searching, without a key

    std::string url;  // what searchd is called from outside: "https://search.example.org"
    std::vector<std::string> allowed_hosts;  // other names it is called by, without ports; "*": any
    std::vector<std::string>
        cors_origins;  // other sites whose pages may ask: "https://app.example.org"; "*": any
    std::vector<std::string> trusted_proxies;  // addresses and networks: "127.0.0.1", "10.0.0.0/8"
    std::string api_key_file;                  // lines as izde-searchd genkey prints them
    std::optional<int> rate, burst;  // requests a second of one address, and at once; a rate of 0: no bound
    std::optional<bool> log;         // a line for each request
    std::optional<QueryLog> log_queries;
    std::optional<AddressLog> log_addresses;
    LimitsConfig limits;
};

// Reads and checks the file; relative paths in it start at the file's folder. An unknown key, a wrong type or
// a value out of range is an Errc::bad_argument whose message starts with "FILE:LINE: " and names the nearest
// known key.
Result<Config> read_config(const std::filesystem::path& file);

}  // namespace izde
