// What the log says of an answer, in whatever form the answer is sent.
#pragma once

#include <string_view>

#include "http/message.hpp"
#include "search/search.hpp"

namespace izde::http {

// `query` as it was asked.
Facts facts_of(const search::Reply& reply, std::string_view query);
Facts facts_of(const search::Shown& shown, std::string_view query);
Facts facts_of(const search::Similar& similar);
Facts facts_of(const search::Suggestions& suggestions, std::string_view query);
Facts facts_of(const search::Explanation& explanation, std::string_view query);

}  // namespace izde::http
