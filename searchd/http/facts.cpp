#include "http/facts.hpp"

#include <string>

namespace izde::http {

Facts facts_of(const search::Reply& reply, std::string_view query) {
    return {.query = std::string(query),
            .generation = reply.index.generation,
            .hits = reply.total,
            .partial = reply.timed_out};
}

Facts facts_of(const search::Shown& shown, std::string_view query) {
    return {.query = std::string(query), .generation = shown.index.generation};
}

Facts facts_of(const search::Similar& similar) {
    return {.generation = similar.index.generation, .hits = similar.total, .partial = similar.timed_out};
}

Facts facts_of(const search::Suggestions& suggestions, std::string_view query) {
    return {.query = std::string(query),
            .generation = suggestions.index.generation,
            .hits = suggestions.items.size(),
            .partial = suggestions.timed_out};
}

Facts facts_of(const search::Explanation& explanation, std::string_view query) {
    return {.query = std::string(query),
            .generation = explanation.index.generation,
            .partial = explanation.timed_out};
}

}  // namespace izde::http
