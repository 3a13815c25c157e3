#include "search/choices.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace izde::search {
namespace {

using index::Breakdown;

std::optional<index::Facet> facet_of(Breakdown by) {
    switch (by) {
    case Breakdown::lang:
        return index::Facet::lang;
    case Breakdown::source:
        return index::Facet::source;
    case Breakdown::author:
        return index::Facet::author;
    case Breakdown::place:
        return index::Facet::place;
    case Breakdown::format:
        return index::Facet::format;
    case Breakdown::year:
    case Breakdown::month:
        return std::nullopt;
    }
    return std::nullopt;
}

// The request without what was chosen of `by`; nothing where that is nothing. Of months it leaves the years.
std::optional<Request> without_choice(const Request& request, Breakdown by) {
    Request open = request;
    if (const auto facet = facet_of(by)) {
        if (open.filters.erase(*facet) == 0) return std::nullopt;
        return open;
    }
    if (!open.dated) return std::nullopt;
    const std::size_t kept = by == Breakdown::month ? 4 : 0;
    open.dated->from.resize(std::min(open.dated->from.size(), kept));
    open.dated->to.resize(std::min(open.dated->to.size(), kept));
    if (open.dated == request.dated) return std::nullopt;
    return open;
}

Result<std::vector<index::FacetCounts>> count_all(const index::Reader& reader, const Found& found,
                                                  const std::vector<Breakdown>& by, index::Fold fold,
                                                  const Deadline& deadline) {
    if (found.matches.all.empty()) return reader.count(found.query, by, fold, &deadline);
    return reader.count(found.matches.all, by, fold, &deadline);
}

}  // namespace

Result<std::vector<index::FacetCounts>> count_facets(const index::Reader& reader, const Found& found,
                                                     const Request& request, const Deadline& deadline) {
    if (request.counting == Counting::hits)
        return count_all(reader, found, request.facets, request.fold, deadline);
    std::vector<index::FacetCounts> counts(request.facets.size());
    std::vector<Breakdown> alike;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Breakdown by = request.facets[i];
        const auto open = without_choice(request, by);
        if (!open) {
            alike.push_back(by);
            places.push_back(i);
            continue;
        }
        auto one = reader.count(with_filters(without_filters(found.query, request), *open), {&by, 1},
                                request.fold, &deadline);
        if (!one) return one;
        counts[i] = std::move(one->front());
    }
    if (alike.empty()) return counts;
    auto rest = count_all(reader, found, alike, request.fold, deadline);
    if (!rest) return rest;
    for (std::size_t i = 0; i < places.size(); ++i) counts[places[i]] = std::move((*rest)[i]);
    return counts;
}

}  // namespace izde::search
