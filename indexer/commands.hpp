// The commands that read: what they print goes to `out`, what went wrong is returned.
#pragma once

#include <ostream>

#include "izde/result.hpp"

#include "options.hpp"

namespace izde::indexer {

// True: every document could be read.
Result<bool> inspect(const Options& options, std::ostream& out);
Result<void> analyze(const Options& options, std::ostream& out);
Result<void> check(const Options& options, std::ostream& out);
Result<void> stats(const Options& options, std::ostream& out);
Result<void> rollback(const Options& options, std::ostream& out);

}  // namespace izde::indexer
