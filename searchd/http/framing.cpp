#include "http/framing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include <strings.h>

namespace izde::http {
namespace {

using namespace std::string_view_literals;

// A body is read for the methods that may have one, also where the answer will be that the method is not
// allowed.
struct Method {
    std::string_view name;
    bool may_have_body = false, needs_length = false;
};

constexpr std::array methods = {
    Method{"GET"},
    Method{"HEAD"},
    Method{"POST", true, true},
    Method{"PUT", true, true},
    Method{"PATCH", true, true},
    Method{"DELETE", true},
    Method{"OPTIONS"},
};

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool consists_of(std::string_view text, std::string_view signs) {
    return std::ranges::all_of(
        text, [&](char c) { return is_alphanumeric(c) || signs.find(c) != std::string_view::npos; });
}

bool is_token(std::string_view text) {
    return !text.empty() && consists_of(text, "!#$%&'*+-.^_`|~");
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool lists(std::string_view list, std::string_view wanted) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (same(trimmed(list.substr(0, end)), wanted)) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

Problem refuse(int status, std::string code, std::string detail, std::string hint = {}) {
    return {.status = status, .code = std::move(code), .detail = std::move(detail), .hint = std::move(hint)};
}

Problem bad_request(std::string detail) {
    return refuse(400, "bad_request", std::move(detail));
}

std::optional<Problem> read_request_line(std::string_view line, HeadLines& lines) {
    const auto first = line.find(' '), last = line.rfind(' ');
    if (has_control(line) || line.find('\t') != std::string_view::npos || first == last)
        return bad_request("the request line is malformed");
    const auto* method = std::ranges::find(methods, line.substr(0, first), &Method::name);
    if (method == methods.end()) return bad_request("there is no such method");
    const auto target = line.substr(first + 1, last - first - 1);
    const bool is_whole_server = target == "*" && method->name == "OPTIONS";
    if (!is_whole_server && !target.starts_with('/')) return bad_request("the address must begin with '/'");
    if (target.find(' ') != std::string_view::npos) return bad_request("the address holds a space");
    const auto version = line.substr(last + 1);
    lines.is_current = version == "HTTP/1.1";
    if (!lines.is_current && version != "HTTP/1.0") return bad_request("this server speaks HTTP/1.1");
    lines.method = method->name;
    lines.may_have_body = method->may_have_body;
    lines.needs_length = method->needs_length;
    lines.path = first + 1;
    lines.path_size = std::min(target.find_first_of("?#"), target.size());
    return std::nullopt;
}

std::optional<Problem> read_length(std::string_view value, HeadLines& lines) {
    std::size_t length = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    const bool is_number = stop == value.data() + value.size() && error != std::errc::invalid_argument;
    if (!is_number || lines.length) return bad_request("Content-Length must be one number");
    if (error != std::errc{} || length > largest_body) {
        return refuse(413, "body_too_large", "a body may have " + std::to_string(largest_body) + " bytes");
    }
    lines.length = length;
    return std::nullopt;
}

std::optional<Problem> read_host(std::string_view value, HeadLines& lines) {
    if (++lines.hosts > 1) return bad_request("a request needs one Host header");
    if (!consists_of(value, "-._~:[]%!$&'()*+,;=")) return bad_request("the Host header names no host");
    return std::nullopt;
}

std::optional<Problem> read_expectation(std::string_view value, HeadLines& lines) {
    if (!same(value, "100-continue"))
        return refuse(417, "expectation_failed", "only 100-continue can be expected");
    lines.awaits_continue = true;
    return std::nullopt;
}

std::optional<Problem> read_field(std::string_view line, HeadLines& lines) {
    const auto colon = std::min(line.find(':'), line.size());
    const auto name = line.substr(0, colon);
    if (colon == line.size() || !is_token(name) || has_control(line)) {
        return bad_request("a header line is malformed");
    }
    if (++lines.count > most_headers)
        return refuse(431, "too_many_headers", "the request has too many headers");
    const auto value = trimmed(line.substr(colon + 1));
    if (same(name, "Content-Length")) return read_length(value, lines);
    if (same(name, "Host")) return read_host(value, lines);
    if (same(name, "Expect")) return read_expectation(value, lines);
    if (same(name, "Transfer-Encoding")) {
        return refuse(411, "length_required", "a body needs a Content-Length and no Transfer-Encoding");
    }
    if (same(name, "Content-Encoding")) {
        return refuse(415, "unsupported_encoding", "a body must not be compressed");
    }
    if (same(name, "Connection") && lists(value, "close")) lines.closes = true;
    if (same(name, "Range")) lines.has_range = true;
    return std::nullopt;
}

// The first line is the address; it is too long in its own way.
std::optional<Problem> check_size(std::string_view head, std::size_t line) {
    if (head.size() - line > longest_line) {
        if (line > 0) return refuse(431, "head_too_large", "a header is too large");
        return refuse(414, "uri_too_long", "the address may have " + std::to_string(longest_line) + " bytes",
                      "use POST for long queries");
    }
    if (head.size() > largest_head) return refuse(431, "head_too_large", "the headers are too large");
    return std::nullopt;
}

}  // namespace

// Goes on until the head's end or the end of what has come.
std::optional<Problem> Framing::scan(std::string_view bytes) {
    if (bytes[0] < 'A' || bytes[0] > 'Z') return bad_request("this is not an HTTP request");
    while (!frame_) {
        const auto end = bytes.find('\n', scanned_);
        scanned_ = std::min(end, bytes.size() - 1) + 1;
        if (auto problem = check_size(bytes.substr(0, scanned_), line_)) return problem;
        if (end == std::string_view::npos) return std::nullopt;
        if (end == line_ || bytes[end - 1] != '\r') return bad_request("lines must end with CR LF");
        const auto line = bytes.substr(line_, end - 1 - line_);
        auto problem = line_ == 0     ? read_request_line(line, lines_)
                       : line.empty() ? end_head()
                                      : read_field(line, lines_);
        if (problem) return problem;
        line_ = end + 1;
    }
    return std::nullopt;
}

std::optional<Problem> Framing::end_head() {
    const auto length = lines_.length.value_or(0);
    if (lines_.is_current && lines_.hosts == 0) return bad_request("a request needs one Host header");
    if (!lines_.may_have_body && length > 0) return bad_request("a request of this method has no body");
    if (lines_.needs_length && !lines_.length)
        return refuse(411, "length_required", "a body needs a Content-Length");
    frame_ = {.begin = begin_,
              .head = scanned_,
              .body = length,
              .closes = lines_.closes || !lines_.is_current,
              .has_range = lines_.has_range,
              .method = lines_.method,
              .path = lines_.path,
              .path_size = lines_.path_size};
    return std::nullopt;
}

std::variant<Incomplete, Frame, Problem> Framing::look(std::string_view bytes) {
    if (begin_ == 0 && bytes.starts_with("\r\n"sv)) begin_ = 2;
    if (bytes.size() <= begin_ || bytes == "\r"sv) return Incomplete{};
    if (!frame_) {
        if (auto problem = scan(bytes.substr(begin_))) return std::move(*problem);
        if (!frame_) return Incomplete{};
    }
    if (bytes.size() >= frame_->size()) return *frame_;
    return Incomplete{.has_head = true, .awaits_continue = lines_.awaits_continue && lines_.is_current};
}

}  // namespace izde::http
