// The description of the interface for programs, OpenAPI 3.1: made of the same table that requests are led
// by.
#pragma once

#include <span>
#include <string>

#include "http/route.hpp"

namespace izde::http {

std::string to_openapi(std::span<const Route> routes);

}  // namespace izde::http
