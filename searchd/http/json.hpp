// Answers as JSON; names and their order are part of the interface.
#pragma once

#include <chrono>
#include <string>

#include "search/search.hpp"

namespace izde::http {

std::string to_json(const search::Request& request, const search::Reply& reply);
std::string to_json(const search::Shown& shown);
std::string to_json(const search::Similar& similar);
std::string to_json(const std::string& typed, const search::Suggestions& suggestions);
std::string to_json(const search::Request& request, const search::Explanation& explanation);
std::string to_json(const index::Manifest& manifest);
std::string to_json(const search::Status& status, std::chrono::sys_seconds now);

}  // namespace izde::http
