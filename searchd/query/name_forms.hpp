// How names of aliases and of queries meet, wherever they are looked for.
#pragma once

#include <string>
#include <vector>

#include "izde/index/query.hpp"
#include "izde/names/aliases.hpp"
#include "izde/text/token.hpp"

namespace izde::query {

// The word as it stands, and its stems. Aliases and queries need the same ones, so the languages are not
// those of the index.
std::vector<std::string> name_forms(const text::Token& token);

// A query for a name, in documents of the years when it was one and in undated ones.
index::Query by_years(index::Query name, names::Years years);

}  // namespace izde::query
