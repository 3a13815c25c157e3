// Where one HTTP/1.1 request begins and ends in the bytes of a connection, and which requests are
// not to be read at all. Strict where two readers could disagree about the border.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>

#include "http/problem.hpp"

namespace izde::http {

inline constexpr std::size_t longest_line = 8192, largest_head = 16'384, largest_body = 65'536;

struct Incomplete {
    bool awaits_continue = false;  // the client sends the body only when told to go on
};

struct Frame {
    std::size_t head = 0;  // bytes, with the empty line that ends it
    std::size_t body = 0;  // bytes that follow it
    bool closes = false;   // the client wants no further request on this connection
};

// After a Problem the border is not known and the connection must end.
std::variant<Incomplete, Frame, Problem> frame(std::string_view bytes);

}  // namespace izde::http
