// The components of /openapi.json: what answers and problems hold, as JSON Schema. Text of schemas.json.
#pragma once

#include <string_view>

namespace izde::http {

std::string_view schemas();

}  // namespace izde::http
