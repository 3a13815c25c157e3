// The headers that every answer carries, for the safety of those who read it in a browser.
#pragma once

#include "http/message.hpp"

namespace izde::http {

enum class Kind { page, api };

void add_headers(Answer& answer, Kind kind);

}  // namespace izde::http
