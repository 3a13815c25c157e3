// What a run changes: its documents held against those of the live generation.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "izde/index/inventory.hpp"

#include "report.hpp"

namespace izde::indexer {

// Sees each document of a run once, in any order, and then knows what was added, changed, removed. A
// document is known by its id, so one that moved was removed and added. One thread.
class Changes {
  public:
    // `generation`: the live one; empty where there is none, so that all is new. One that cannot be read
    // says why in Report::uncompared, and nothing is listed. `sources`: the names of source_names().
    Changes(const std::filesystem::path& generation, std::vector<std::string> sources, Report& report);

    void see(const index::Document& document);  // as it will be stored
    void finish();                              // what was not seen was removed

  private:
    std::vector<std::string> sources_;
    Report& report_;
    std::optional<index::Inventory> before_;
    std::vector<bool> seen_;  // of before_
};

// The same told piece by piece, where most stays as it is: what is taken out of the live generation, and then
// what is put in. One thread.
class Comparison {
  public:
    Comparison(std::vector<std::string> sources, Report& report)
        : sources_(std::move(sources)), report_(report) {}

    void take_out(const index::Document& document);
    void put_in(const index::Document& document);
    void finish(std::size_t documents);  // so many there are now

  private:
    std::vector<std::string> sources_;
    Report& report_;
    std::map<std::string, std::pair<std::uint64_t, Report::Place>> out_;  // by id: its content, and where
};

}  // namespace izde::indexer
