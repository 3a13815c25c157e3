// What izde-searchd is told: its flags, and below them the configuration file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/door.hpp"
#include "http/journal.hpp"
#include "http/limits.hpp"
#include "http/rate.hpp"

namespace izde {

struct Options {
    std::filesystem::path index;
    std::string host = "127.0.0.1";
    int port = 8080;  // 0: any free one
    int threads = 0;  // that answer searches; 0: one a core
    http::Limits limits;
    std::filesystem::path web;  // empty: the built-in page
    std::vector<std::filesystem::path> aliases;
    double freshness = 0;
    bool check_config = false;

    http::Access access;  // with the keys of the key file
    http::RateLimit rate;
    http::LogSettings log;
};

// The settings by which these differ and which a server that runs cannot change, as the configuration calls
// them.
std::vector<std::string_view> fixed_differences(const Options& running, const Options& fresh);

// Nothing more to do: print these and leave.
struct Exit {
    int code = 0;
    std::string out = {}, err = {};
};

// Reads the files that they name, too, but for page and aliases.
std::variant<Options, Exit> read_options(int argc, const char* const* argv);

}  // namespace izde
