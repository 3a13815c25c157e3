// How a browser or another program searches here: the OpenSearch description, and suggestions in its form.
#pragma once

#include <string>
#include <string_view>

#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view opensearch_type = "application/opensearchdescription+xml; charset=utf-8";
inline constexpr std::string_view suggestions_type = "application/x-suggestions+json; charset=utf-8";

// Addresses begin with `base`, "https://search.example.org".
std::string to_opensearch_description(std::string_view base);

// ["typed", ["typed so", "typed thus"]]
std::string to_opensearch_json(const std::string& typed, const search::Suggestions& suggestions);

}  // namespace izde::http
