// The headers that every answer carries, for the safety of those who read it in a browser.
#pragma once

#include "http/message.hpp"

namespace izde::http {

enum class Kind { page, api };

void add_headers(Answer& answer, Kind kind);

// Makes an answer one that may be kept, if it is asked for again each time: `etag` names all that it depends
// on. It goes to one person only; caches that serve many do not keep it.
void allow_keeping(Answer& answer, const std::string& etag);

}  // namespace izde::http
