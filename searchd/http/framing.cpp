#include "http/framing.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include <strings.h>

namespace izde::http {
namespace {

constexpr std::size_t most_headers = 100;

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_token(std::string_view text) {
    constexpr std::string_view separators = "\"(),/:;<=>?@[\\]{}";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return c > ' ' && c < '\x7f' && separators.find(c) == std::string_view::npos;
    });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

Problem refuse(int status, std::string code, std::string detail, std::string hint = {}) {
    return {.status = status, .code = std::move(code), .detail = std::move(detail), .hint = std::move(hint)};
}

Problem bad_request(std::string detail) {
    return refuse(400, "bad_request", std::move(detail));
}

// What the header lines say about the border.
struct Fields {
    std::size_t count = 0, hosts = 0;
    std::optional<std::size_t> length;
    bool closes = false, awaits_continue = false;
};

std::optional<Problem> read_length(std::string_view value, Fields& fields) {
    std::size_t length = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    const bool is_number = stop == value.data() + value.size() && error != std::errc::invalid_argument;
    if (!is_number || fields.length) return bad_request("Content-Length must be one number");
    if (error != std::errc{} || length > largest_body) {
        return refuse(413, "body_too_large", "a body may have " + std::to_string(largest_body) + " bytes");
    }
    fields.length = length;
    return std::nullopt;
}

std::optional<Problem> read_field(std::string_view line, Fields& fields) {
    const auto colon = std::min(line.find(':'), line.size());
    const auto name = line.substr(0, colon);
    if (colon == line.size() || !is_token(name) || has_control(line)) {
        return bad_request("a header line is malformed");
    }
    if (++fields.count > most_headers)
        return refuse(431, "too_many_headers", "the request has too many headers");
    const auto value = trimmed(line.substr(colon + 1));
    if (same(name, "Content-Length")) return read_length(value, fields);
    if (same(name, "Transfer-Encoding")) {
        return refuse(411, "length_required", "a body needs a Content-Length and no Transfer-Encoding");
    }
    if (same(name, "Content-Encoding")) {
        return refuse(415, "unsupported_encoding", "a body must not be compressed");
    }
    if (same(name, "Host")) ++fields.hosts;
    if (same(name, "Connection") && same(value, "close")) fields.closes = true;
    if (same(name, "Expect") && same(value, "100-continue")) fields.awaits_continue = true;
    return std::nullopt;
}

// What is wrong already, before the head is complete; so that nobody waits for its end.
std::optional<Problem> check_beginning(std::string_view head) {
    const auto line = head.substr(0, head.find('\n'));
    if (line.size() > longest_line) {
        return refuse(414, "uri_too_long", "the address may have " + std::to_string(longest_line) + " bytes",
                      "use POST for long queries");
    }
    if (head.size() > largest_head) return refuse(431, "head_too_large", "the headers are too large");
    if (!line.empty() && (line[0] < 'A' || line[0] > 'Z')) return bad_request("this is not an HTTP request");
    for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1)) {
        if (at == 0 || head[at - 1] != '\r') return bad_request("lines must end with CR LF");
    }
    return std::nullopt;
}

}  // namespace

std::variant<Incomplete, Frame, Problem> frame(std::string_view bytes) {
    const auto blank = bytes.find("\r\n\r\n");
    const auto head = bytes.substr(0, blank == std::string_view::npos ? blank : blank + 2);
    if (auto problem = check_beginning(head)) return std::move(*problem);
    if (blank == std::string_view::npos) return Incomplete{};

    Fields fields;
    const auto request_line = head.substr(0, head.find("\r\n"));
    if (has_control(request_line)) return bad_request("the request line is malformed");
    for (auto rest = head.substr(request_line.size() + 2); !rest.empty();) {
        const auto line = rest.substr(0, rest.find("\r\n"));
        if (auto problem = read_field(line, fields)) return std::move(*problem);
        rest.remove_prefix(line.size() + 2);
    }
    const bool is_current = request_line.ends_with(" HTTP/1.1");
    if (is_current && fields.hosts != 1) return bad_request("a request needs one Host header");

    const Frame frame{
        .head = blank + 4, .body = fields.length.value_or(0), .closes = fields.closes || !is_current};
    if (bytes.size() < frame.head + frame.body) return Incomplete{fields.awaits_continue};
    return frame;
}

}  // namespace izde::http
