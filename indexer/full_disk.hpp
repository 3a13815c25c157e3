// Tells a full disk from other failures to write: what is thrown then does not always say so.
#pragma once

#include <filesystem>

#include "izde/result.hpp"

namespace izde::indexer {

// The error, or in its place that of a full disk, if it is an Errc::io and `folder` lies on one that has no
// room. To be asked before anything is cleaned up.
Failure explained(const Error& error, const std::filesystem::path& folder);

}  // namespace izde::indexer
