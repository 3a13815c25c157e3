// Files on their way into the archive.
#pragma once

#include <functional>
#include <vector>

#include "archive.hpp"
#include "documents.hpp"
#include "known.hpp"
#include "progress.hpp"
#include "report.hpp"

namespace izde::indexer {

struct Intake {
    const std::vector<Entry>& entries;
    const std::map<std::string, std::string>& field_names;
    unsigned jobs = 1;
    worker::Spawner& spawner;
    Poison& poison;
    const Known* before = nullptr;  // what an earlier run knew; null: all is read
    Progress& progress;
    const std::function<bool()>& stop;
};

// Reads the files, several at a time, and hands over what they hold in their order. What was read goes into
// the archive and the report, the files that can be known again into `now`. Errc::index_corrupt: what
// `before` remembers is damaged; begin again without it.
Result<void> take_in(const Intake& intake, Archive& archive, Report& report, Known& now);

}  // namespace izde::indexer
