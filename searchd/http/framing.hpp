// Where one HTTP/1.1 request begins and ends in the bytes of a connection, and which requests are
// not to be read at all. Strict where two readers could disagree about the border.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "http/problem.hpp"

namespace izde::http {

// A line with the CR LF that ends it, a head with the empty line that ends it.
inline constexpr std::size_t longest_line = 8192, largest_head = 16'384, most_headers = 100;
inline constexpr std::size_t largest_body = 65'536;

struct Incomplete {
    bool has_head = false;         // only the body is missing
    bool awaits_continue = false;  // the client sends the body only when told to go on
};

struct Frame {
    std::size_t begin = 0;  // bytes before the head: an empty line
    std::size_t head = 0;   // bytes, with the empty line that ends it
    std::size_t body = 0;   // bytes that follow it
    bool closes = false;    // the client wants no further request on this connection
    bool has_range = false;
    std::string_view method = {};
    std::size_t path = 0, path_size = 0;  // where the head has it, not decoded, without the query

    std::size_t size() const { return begin + head + body; }
    std::string_view head_in(std::string_view bytes) const { return bytes.substr(begin, head); }
    std::string_view body_in(std::string_view bytes) const { return bytes.substr(begin + head, body); }
    std::string_view path_in(std::string_view bytes) const { return head_in(bytes).substr(path, path_size); }
};

// What the lines of a head have said so far.
struct HeadLines {
    std::size_t count = 0, hosts = 0;  // of headers
    std::string_view method = {};
    std::size_t path = 0, path_size = 0;
    std::optional<std::size_t> length;
    bool is_current = true;  // HTTP/1.1, else 1.0
    bool may_have_body = false, needs_length = false;
    bool closes = false, awaits_continue = false, has_range = false;
};

// Of one request; each byte is looked at once, however it arrives, and what is wrong is refused as soon as
// its line has come.
class Framing {
  public:
    // `bytes`: all that came of the request so far and perhaps more, each time with the same beginning. After
    // a Problem the border is not known and the connection must end.
    std::variant<Incomplete, Frame, Problem> look(std::string_view bytes);

  private:
    std::optional<Problem> scan(std::string_view bytes);
    std::optional<Problem> end_head();

    std::size_t begin_ = 0;    // an empty line before the request is overlooked (RFC 9112, 2.2)
    std::size_t scanned_ = 0;  // of the head
    std::size_t line_ = 0;     // where the line begins that is not complete
    HeadLines lines_;
    std::optional<Frame> frame_;
};

}  // namespace izde::http
