// The end of a run: what was built becomes what is served, if it is fit to be.
#pragma once

#include <filesystem>
#include <functional>

#include "izde/index/generations.hpp"
#include "izde/result.hpp"

#include "options.hpp"
#include "report.hpp"

namespace izde::indexer {

// Errc::refused: there is nothing, or so much less than in the live generation that something must be wrong.
Result<void> guard_against_loss(const Options& options, const Report& report,
                                const index::Generations& generations);

// Verifies what stands in `building`, asks the canaries, and makes it the live generation. Whatever fails,
// nothing of it is left.
Result<void> publish(index::Generations& generations, const index::Lock& lock,
                     const std::filesystem::path& building, const Options& options, Report& report,
                     const std::function<bool()>& stop);

}  // namespace izde::indexer
