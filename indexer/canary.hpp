// Questions that an index must answer before it may go live.
#pragma once

#include <filesystem>
#include <vector>

#include "izde/config.hpp"
#include "izde/result.hpp"

namespace izde::indexer {

// Errc::bad_argument for one that has no word.
Result<void> check_canaries(const std::vector<CanaryConfig>& canaries);

// Asks a finished generation each of them. Errc::refused names the first that fails, what it should have
// found and what it did. A word is found in all its forms, as searchd finds it; spellings of names, aliases
// and misspelt words are searchd's alone.
Result<void> ask_canaries(const std::vector<CanaryConfig>& canaries, const std::filesystem::path& generation);

}  // namespace izde::indexer
