// What a run changes: its documents held against those of the live generation.
#pragma once

#include <filesystem>
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
    Report::Place place_of(const index::Document& document, std::string reason) const;

    std::vector<std::string> sources_;
    Report& report_;
    std::optional<index::Inventory> before_;
    std::vector<bool> seen_;  // of before_
};

}  // namespace izde::indexer
