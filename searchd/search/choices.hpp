// How many matches each value of a facet has.
#pragma once

#include <vector>

#include "izde/deadline.hpp"
#include "izde/index/facets.hpp"
#include "izde/index/query.hpp"
#include "izde/index/reader.hpp"
#include "izde/result.hpp"

#include "search/search.hpp"

namespace izde::search {

// The counts of `request.facets`, in their order, as `request.counting` wants them. `found` is the query that
// answers, with the request's filters. One look at the matches serves all facets that nothing is chosen of.
Result<std::vector<index::FacetCounts>> count_facets(const index::Reader& reader, const index::Query& found,
                                                     const Request& request, const Deadline& deadline);

}  // namespace izde::search
