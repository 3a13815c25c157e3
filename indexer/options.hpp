// What the command line and the configuration file ask of izde-indexer.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "izde/config.hpp"

#include "budget.hpp"

namespace izde::indexer {

enum class Command { rebuild, update, inspect, analyze, check, stats, rollback };
enum class Talk { quiet, normal, verbose };

struct Options {
    Command command = Command::rebuild;
    std::filesystem::path index;
    std::vector<SourceConfig> sources;
    std::map<std::string, std::string> field_names;
    Sandbox sandbox = Sandbox::required;
    unsigned jobs = 1;  // threads that read, analyse and write
    int memory = Budget::default_megabytes;
    Talk talk = Talk::normal;
    bool dry_run = false;
    bool force = false;
    int max_shrink = 20;           // percent of the documents a run may lose
    std::filesystem::path report;  // empty: none beside last-run.json
    std::vector<CanaryConfig> canaries;
    std::string wait_live;  // the address of a searchd that must serve the new index; empty: none
    int wait_live_seconds = 30;
    std::string lang, text;          // analyze
    std::vector<std::string> files;  // inspect
    bool json = false;               // stats
};

// The program has nothing (more) to do: print and leave.
struct Exit {
    int code = 0;
    std::string out, err;
};

std::variant<Options, Exit> read_options(int argc, const char* const* argv);

}  // namespace izde::indexer
