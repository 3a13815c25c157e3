// An answer as the bytes that go over a connection.
#pragma once

#include <string>

#include "http/message.hpp"

namespace izde::http {

struct Delivery {
    bool has_body = true;  // not for HEAD
    bool closes = false;   // the connection ends with it
};

// Line breaks in values become spaces: no header can begin another.
std::string to_bytes(const Answer& answer, Delivery delivery);

}  // namespace izde::http
