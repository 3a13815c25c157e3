// Who may ask what.
#pragma once

#include <cstdint>

namespace izde::http {

// Anybody; those who may search; those who look after the server. Each may also what those before it may.
enum class Scope : std::uint8_t { open, search, admin };

}  // namespace izde::http
