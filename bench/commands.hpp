// The benchmarks that are asked for by name: izde-bench NAME [OPTION...]. Each returns an exit code.
#pragma once

#include <string>
#include <vector>

namespace izde::bench {

// Scores what the indexer reads of the gold set in tests/clippings. --verbose: each miss as well.
int bench_clippings(const std::vector<std::string>& options);

}  // namespace izde::bench
