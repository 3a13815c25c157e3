// What a manifest counts, document by document.
#pragma once

#include "izde/index/document.hpp"
#include "izde/index/manifest.hpp"

namespace izde::index {

void count_in(Manifest& manifest, const Document& document);
void count_out(Manifest& manifest, const Document& document);  // one that was counted in

// `made` with the counts of `counted` and what names this program's rules.
Manifest with_counts(Manifest made, const Manifest& counted);

}  // namespace izde::index
