// Other spellings, scripts and names of somebody or somewhere that a field asks for: place:Urumqi also means
// 乌鲁木齐 and Урумчи.
#pragma once

#include <string>
#include <vector>

#include "izde/index/query.hpp"
#include "izde/names/aliases.hpp"

#include "query/lookup.hpp"
#include "query/variants.hpp"

namespace izde::query {

// Documents whose facet has the words of the value, each name among them also as the aliases call it, and
// each word that stands alone also as names of the texts that sound the same. What is looked for beside the
// value is added to `told`, with the field before the term, whether the index has it or not. The cost is that
// of a name in a text, and no more once the lookup is out of time.
index::Query by_any_name(index::Facet facet, const std::string& field, const std::string& value,
                         const Lookup& lookup, const names::Aliases& aliases, std::vector<Expansion>& told);

}  // namespace izde::query
