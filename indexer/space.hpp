// Whether the disk has room for what is about to be built.
#pragma once

#include "izde/index/generations.hpp"
#include "izde/result.hpp"

#include "memories.hpp"
#include "options.hpp"

namespace izde::indexer {

// Guesses by the live generation and by what is remembered of it: with less free a run would only fail later.
// Errc::refused says how much is free and how much is needed. Nothing is known before the first generation:
// then it is tried.
Result<void> require_space(const index::Generations& generations, const Memories& memories, Command command);

}  // namespace izde::indexer
