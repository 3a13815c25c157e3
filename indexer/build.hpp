// The straight line of a rebuild: walk → read → index → verify → publish.
#pragma once

#include <functional>

#include "izde/result.hpp"

#include "options.hpp"
#include "report.hpp"

namespace izde::indexer {

// Does what `options` ask for. The report tells what happened also when it fails: then nothing
// was published and what was live before still is. `stop` is asked often; when it says yes the
// run ends cleanly with Errc::stopped.
Result<void> rebuild(const Options& options, Report& report, const std::function<bool()>& stop);

}  // namespace izde::indexer
