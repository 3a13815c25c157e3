// What a run changes: its documents held against those of the live generation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "izde/index/generations.hpp"
#include "izde/index/inventory.hpp"

#include "report.hpp"

namespace izde::indexer {

// Says where documents stand. `sources`: the names of source_names(). Which source a document is of is not
// stored, but its id tells. What is gone because it was skipped has the reason for that.
class Telling {
  public:
    Telling(std::vector<std::string> sources, Report& report);

    void added(const index::Document& document);
    void changed(const index::Document& document);
    void removed(const index::Document& document);
    Report& report() const { return report_; }

  private:
    Place place_of(const index::Document& document, std::string reason) const;

    std::vector<std::string> sources_;
    Report& report_;
    Reasons reasons_;
};

// Sees each document of a run once, in any order, tells it when it was first seen (`now`, if it is new), and
// then knows what was added, changed, removed. A document is known by its id, so one that moved was removed
// and added. One thread.
class Changes {
  public:
    // Where there is no live generation, all is new. One that cannot be read says why in Report::uncompared,
    // nothing is listed, and the newest of the others tells what was seen when.
    Changes(const index::Generations& generations, Telling telling, std::uint32_t now);

    void see(index::Document& document);  // as it will be stored
    void finish();                        // what was not seen was removed

  private:
    Telling telling_;
    std::uint32_t now_;
    std::optional<index::Inventory> before_;
    std::vector<bool> seen_;  // of before_
};

// The same told piece by piece, where most stays as it is: first what is taken out of the live generation,
// then what is put in. Memory: 24 bytes a document that is replaced. One thread.
class Comparison {
  public:
    Comparison(Telling telling, std::uint32_t now) : telling_(std::move(telling)), now_(now) {}

    void take_out(const index::Document& document, bool is_replaced);
    void put_in(index::Document& document);
    void finish(std::size_t documents);  // so many there are now

  private:
    struct Replaced {
        std::uint64_t id = 0, content = 0;
        std::uint32_t first_seen = 0;
    };

    Telling telling_;
    std::uint32_t now_;
    bool is_sorted_ = false;
    std::vector<Replaced> out_;
};

}  // namespace izde::indexer
