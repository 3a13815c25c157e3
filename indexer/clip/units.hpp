// The units of one text, and what the rules say of each of them, asked once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "clip/byline.hpp"
#include "clip/dateline.hpp"
#include "clip/furniture.hpp"
#include "clip/lines.hpp"

namespace izde::clip {

// Looks into `body`, which must stay as it is. One thread.
class Units {
  public:
    explicit Units(std::string_view body) : units_(cut_into_units(body)), judged_(units_.size()) {}

    std::size_t size() const { return units_.size(); }
    bool empty() const { return units_.empty(); }
    const Unit& operator[](std::size_t at) const { return units_[at]; }

    const Verdict& verdict(std::size_t at);                // judge()
    const Dateline& dateline(std::size_t at);              // read_dateline()
    const std::optional<FactLine>& facts(std::size_t at);  // read_fact_line()
    bool has_dateline(std::size_t at) { return dateline(at).end > 0; }
    bool is_furniture(std::size_t at) { return verdict(at).is_furniture; }

  private:
    // What only units near the head, and some near the end, are asked for.
    struct Said {
        std::optional<Dateline> dateline;
        std::optional<std::optional<FactLine>> facts;
    };
    struct Judged {
        std::optional<Verdict> verdict;
        std::unique_ptr<Said> said;
    };
    Said& said(std::size_t at);

    std::vector<Unit> units_;
    std::vector<Judged> judged_;
};

}  // namespace izde::clip
