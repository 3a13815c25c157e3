// How a run ends that was asked to.
#pragma once

#include "izde/result.hpp"

namespace izde::indexer {

inline Failure stopped() {
    return fail(Errc::stopped, "stopped; nothing was published");
}

}  // namespace izde::indexer
