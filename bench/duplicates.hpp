// Near-duplicates measured on a folder of documents; the parts of bench_duplicates.
#pragma once

#include <ctime>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::bench {

// Of this one thread; the machine's other work does not count.
inline double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// How many of the pairs that are one story each method would look at, and what it costs.
void compare_methods(const std::vector<index::Document>& documents);

// Stories of the folder, changed as reprints and as look-alikes are: how many fold.
void fold_variants(const std::vector<index::Document>& documents);

// Up to half a million texts made of the folder's lines: time and memory.
void group_many(const std::vector<index::Document>& documents);

}  // namespace izde::bench
