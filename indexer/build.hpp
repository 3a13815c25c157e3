// The straight line of a run: walk → read → understand → index → verify → publish.
#pragma once

#include <functional>

#include "izde/result.hpp"

#include "options.hpp"
#include "report.hpp"

namespace izde::indexer {

// Does what `options` ask for: Command::rebuild reads every file, Command::update those that changed since
// the live generation; what they publish is the same. The report tells what happened also when it fails:
// then nothing was published and what was live before still is. `stop` is asked often; when it says yes the
// run ends cleanly with Errc::stopped.
Result<void> build(const Options& options, Report& report, const std::function<bool()>& stop);

}  // namespace izde::indexer
