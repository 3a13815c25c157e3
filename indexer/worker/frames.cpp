#include "worker/frames.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "worker/limits.hpp"

namespace izde::worker {
namespace {

constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::size_t max_request_bytes = 16u << 20;

void append_number(std::string& out, std::size_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((number >> shift) & 0xFF);
}

std::size_t number_at(std::string_view bytes) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return number;
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

bool take_number(std::string_view& bytes, std::size_t& number) {
    if (bytes.size() < 4) return false;
    number = number_at(bytes);
    bytes.remove_prefix(4);
    return true;
}

bool take_text(std::string_view& bytes, std::string& text) {
    std::size_t length = 0;
    if (!take_number(bytes, length) || length > bytes.size()) return false;
    text = bytes.substr(0, length);
    bytes.remove_prefix(length);
    return true;
}

std::optional<std::size_t> longest(char kind) {
    switch (static_cast<Kind>(kind)) {
    case Kind::hello:
        return 2;
    case Kind::request:
        return max_request_bytes;
    case Kind::document:
        return max_record_bytes;
    case Kind::error:
        return max_error_bytes;
    case Kind::done:
    case Kind::last:
        return 0;
    }
    return std::nullopt;
}

}  // namespace

std::string write_request(const Request& request) {
    std::string payload;
    append_number(payload, static_cast<std::size_t>(request.format));
    append_number(payload, request.cpu_seconds);
    append_text(payload, request.path);
    for (const auto& [own, known] : request.field_names) {
        append_text(payload, own);
        append_text(payload, known);
    }
    return payload;
}

std::optional<Request> read_request(std::string_view payload) {
    Request request;
    std::size_t format = 0;
    std::size_t seconds = 0;
    if (!take_number(payload, format) || !take_number(payload, seconds) || !take_text(payload, request.path))
        return std::nullopt;
    request.format = static_cast<read::Format>(format);
    request.cpu_seconds = static_cast<unsigned>(seconds);
    while (!payload.empty()) {
        std::string own;
        if (!take_text(payload, own) || !take_text(payload, request.field_names[own])) return std::nullopt;
    }
    return request;
}

void append_head(std::string& out, Kind kind, std::size_t payload_bytes) {
    append_number(out, payload_bytes);
    out += static_cast<char>(kind);
}

void append_frame(std::string& out, Kind kind, std::string_view payload) {
    append_head(out, kind, payload.size());
    out += payload;
}

FrameReader::Room FrameReader::room() {
    if (begin_ > 0) {
        std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    if (bytes_.size() - end_ < piece_bytes) bytes_.resize(std::max(end_ + piece_bytes, end_ * 3 / 2));
    return {bytes_.data() + end_, bytes_.size() - end_};
}

Result<std::optional<Frame>> FrameReader::next() {
    const auto there = std::string_view(bytes_).substr(begin_, end_ - begin_);
    if (there.size() < frame_head_bytes) return std::optional<Frame>();
    const std::size_t length = number_at(there);
    const auto most = longest(there[4]);
    if (!most || length > *most) return fail(Errc::bad_document, "its reader answered nonsense");
    if (there.size() - frame_head_bytes < length) return std::optional<Frame>();
    begin_ += frame_head_bytes + length;
    return std::optional(Frame{static_cast<Kind>(there[4]), there.substr(frame_head_bytes, length)});
}

void FrameReader::clear() {
    begin_ = end_ = 0;
    if (bytes_.size() > 16 * piece_bytes) {
        bytes_.clear();
        bytes_.shrink_to_fit();
    }
}

}  // namespace izde::worker
