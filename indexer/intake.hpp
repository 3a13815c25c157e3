// Files on their way into the archive.
#pragma once

#include <functional>

#include "archive.hpp"
#include "budget.hpp"
#include "documents.hpp"
#include "found.hpp"
#include "known.hpp"
#include "progress.hpp"
#include "report.hpp"

namespace izde::indexer {

struct Intake {
    const Found& found;
    const std::map<std::string, std::string>& field_names;
    const Budget& budget;
    worker::Spawner& spawner;
    Poison& poison;
    const Known* before = nullptr;  // what an earlier run knew; null: all is read
    Progress& progress;
    const std::function<bool()>& stop;
};

// Reads the files, several at a time, and hands over what they hold in their order. What was read goes into
// the archive and the report, the files that can be known again into `now`. Errc::index_corrupt: what
// `before` remembers is damaged; begin again without it.
Result<void> take_in(const Intake& intake, Archive& archive, Report& report, Remembering& now);

}  // namespace izde::indexer
