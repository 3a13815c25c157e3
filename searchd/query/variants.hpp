// Other spellings, scripts and names of what a query names.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "izde/names/aliases.hpp"
#include "izde/result.hpp"

#include "query/lookup.hpp"

namespace izde::query {

// What was looked for beyond what was typed.
struct Expansion {
    std::string term;               // as typed
    std::vector<std::string> also;  // what the index has instead
    std::string why;                // "spelling", or "alias:" and a group's label
};

// Those that izde brings along and those of the files. A wrong line is an error that names it.
Result<std::shared_ptr<const names::Aliases>> load_aliases(const std::vector<std::filesystem::path>& files);

// Widens the units of a query that are names: by rule, to the names of the index that sound the same,
// and by the aliases, to other names of the same thing. Ordinary words are left alone: those that the
// index mostly has in lower case, unless an alias is spelt so. What is added scores below what was
// typed. Units that an alias names together become one.
class Variants {
  public:
    Variants(const Lookup& lookup, const names::Aliases& aliases) : lookup_(lookup), aliases_(aliases) {}

    std::vector<Unit> widen(std::vector<Unit> units, std::optional<index::Field> in);

    std::vector<Expansion> take_expansions() { return std::move(expansions_); }

  private:
    const Lookup& lookup_;
    const names::Aliases& aliases_;
    std::vector<Expansion> expansions_;
};

}  // namespace izde::query
