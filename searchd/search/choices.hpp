// How many matches each value of a facet has.
#pragma once

#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/facets.hpp"
#include "izde/index/query.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "search/answer.hpp"
#include "search/search.hpp"

namespace izde::search {

// The counts of `request.facets`, in their order, as `request.counting` wants them. `found` answers the
// request, with its filters; where it kept all matches, they serve the facets that nothing is chosen of.
Result<std::vector<index::FacetCounts>> count_facets(const index::Reader& reader, const Found& found,
                                                     const Request& request, const Deadline& deadline);

}  // namespace izde::search
