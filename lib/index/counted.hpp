// What a manifest counts, document by document.
#pragma once

#include <vector>

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"

#include "index/glass/files.hpp"

namespace izde::index {

void count_in(Manifest& manifest, const Document& document);
void count_out(Manifest& manifest, const Document& document);  // one that was counted in

// Names the tables in `manifest`, with the sums that they were written with.
void name_tables(Manifest& manifest, const std::vector<glass::Written>& tables);

// `made` with the counts of `counted` and what names this program's rules.
Manifest with_counts(Manifest made, const Manifest& counted);

}  // namespace izde::index
