// Takes parts out of a document's body.
#pragma once

#include <cstddef>
#include <vector>

#include "izde/index/document.hpp"

namespace izde::clip {

struct Cut {
    std::size_t begin = 0, end = 0;  // bytes of the body
    bool keep = true;                // as boilerplate; else it is let go (a title shown elsewhere)
};

// Moves the parts to the boilerplate, among the pieces that stood there before, so that the text's
// order is kept. Empty lines that were around them become one. `cuts` ascend and do not overlap.
void set_aside(index::Document& document, const std::vector<Cut>& cuts);

}  // namespace izde::clip
