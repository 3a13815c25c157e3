// Near-duplicates measured on a folder of one's own: what folds, what it costs, and by which method.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::bench {

// FOLDER [groups|near|methods|variants]; gives the exit code. Without a second word: the cost, and groups by
// size.
int duplicates(std::span<char* const> arguments);

// How many of the pairs that are one story each method would look at, and what it costs.
void compare_methods(const std::vector<index::Document>& documents);

// Stories of the folder, changed as reprints and as look-alikes are: how many fold.
void fold_variants(const std::vector<index::Document>& documents);

}  // namespace izde::bench
