// Whether the disk has room for what is about to be built.
#pragma once

#include "izde/index/generations.hpp"
#include "izde/result.hpp"

namespace izde::indexer {

// A build needs at least as much as the live generation takes, and a third on top while its parts are
// merged: with less free it would only fail later. Errc::refused says how much is free and how much is
// needed. Nothing is known before the first generation: then it is tried.
Result<void> require_space(const index::Generations& generations);

}  // namespace izde::indexer
