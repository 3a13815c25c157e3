#include "http/encoding.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include <brotli/encode.h>
#include <strings.h>
#include <zlib.h>

#include "http/problem.hpp"

namespace izde::http {
namespace {

// What fits into one packet arrives no sooner when it is smaller.
constexpr std::size_t worth_it = 1400;

constexpr std::size_t window_gap = 16;  // a window of 2^n bytes reaches so far less (RFC 7932, 9.1)

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// Cuts off what stands before the sign, and the sign.
std::string_view take(std::string_view& text, char sign) {
    const auto end = std::min(text.find(sign), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return trimmed(part);
}

// "0.5" in thousandths; nothing if it is no such number.
std::optional<int> read_quality(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    int value = (text[0] - '0') * 1000, place = 100;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value += (digit - '0') * place;
        place /= 10;
    }
    return value <= 1000 ? std::optional(value) : std::nullopt;
}

std::string gzip(std::string_view bytes, Effort effort) {
    constexpr int with_gzip_header = 15 + 16;
    z_stream stream = {};
    const int level = effort == Effort::thorough ? Z_BEST_COMPRESSION : Z_BEST_SPEED;
    if (deflateInit2(&stream, level, Z_DEFLATED, with_gzip_header, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string smaller(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib only reads it
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(smaller.data());
    stream.avail_out = static_cast<uInt>(smaller.size());
    const bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    smaller.resize(is_done ? stream.total_out : 0);
    deflateEnd(&stream);
    return smaller;
}

std::string brotli(std::string_view bytes, Effort effort) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string smaller(size, '\0');
    // It takes memory by its window, all of which is touched; a larger one than the text finds no more.
    const int window = std::clamp(static_cast<int>(std::bit_width(bytes.size() + window_gap)),
                                  BROTLI_MIN_WINDOW_BITS, BROTLI_DEFAULT_WINDOW);
    // The two above 9 take ten times as long for a few bytes in a hundred.
    const int quality = effort == Effort::thorough ? 9 : 1;
    const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    auto* out = reinterpret_cast<std::uint8_t*>(smaller.data());
    const bool is_done =
        BrotliEncoderCompress(quality, window, BROTLI_MODE_TEXT, bytes.size(), in, &size, out) == BROTLI_TRUE;
    smaller.resize(is_done ? size : 0);
    return smaller;
}

bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/") || type.starts_with("image/svg");
}

auto header(Answer& answer, std::string_view name) {
    return std::ranges::find_if(answer.headers, [&](const auto& one) { return same(one.first, name); });
}

void weaken_etag(Answer& answer) {
    const auto etag = header(answer, "ETag");
    if (etag != answer.headers.end() && !etag->second.starts_with("W/")) etag->second.insert(0, "W/");
}

}  // namespace

Accepted::Accepted(std::string_view header) {
    while (!header.empty()) {
        auto item = take(header, ',');
        const auto name = take(item, ';');
        int quality = 1000;
        if (const auto parameter = trimmed(item); !parameter.empty()) {
            const auto read =
                same(parameter.substr(0, 2), "q=") ? read_quality(parameter.substr(2)) : std::nullopt;
            if (!read) continue;
            quality = *read;
        }
        if (same(name, "gzip") || same(name, "x-gzip")) gzip_ = quality;
        if (same(name, "br")) brotli_ = quality;
        if (same(name, "identity")) identity_ = quality;
        if (name == "*") others_ = quality;
    }
}

Accepted::Accepted(const Message& request)
    : Accepted([&]() -> std::string_view {
          const auto found = request.headers.find("accept-encoding");
          return found == request.headers.end() ? std::string_view() : found->second;
      }()) {}

int Accepted::quality(Encoding encoding) const {
    if (encoding == Encoding::identity) {
        if (identity_) return *identity_;
        // Taken unless it is named, if only by '*'.
        return others_ && *others_ == 0 ? 0 : 1;
    }
    const auto& named = encoding == Encoding::gzip ? gzip_ : brotli_;
    return named.value_or(others_.value_or(0));
}

std::optional<Encoding> Accepted::best() const {
    const auto better =
        quality(Encoding::brotli) >= quality(Encoding::gzip) ? Encoding::brotli : Encoding::gzip;
    if (!takes(better) || quality(better) < quality(Encoding::identity)) return std::nullopt;
    return better;
}

std::string_view name_of(Encoding encoding) {
    constexpr std::array<std::string_view, 3> names = {"identity", "gzip", "br"};
    return names.at(static_cast<std::size_t>(encoding));
}

std::string encode(std::string_view bytes, Encoding encoding, Effort effort) {
    if (encoding == Encoding::gzip) return gzip(bytes, effort);
    if (encoding == Encoding::brotli) return brotli(bytes, effort);
    return std::string(bytes);
}

void compress(Answer& answer, const Message& request, bool for_size) {
    if (answer.status == 304 || answer.body.empty() || !is_text(answer.type)) return;
    if (header(answer, "Content-Encoding") != answer.headers.end()) return;
    const Accepted accepted(request);
    const bool is_plain_refused = !accepted.takes(Encoding::identity);
    if (header(answer, "Vary") == answer.headers.end())
        answer.headers.emplace_back("Vary", "Accept-Encoding");
    if (!is_plain_refused && (!for_size || answer.body.size() < worth_it)) return;
    const auto encoding = accepted.best();
    if (!encoding) {
        if (!is_plain_refused || answer.status != 200) return;
        answer = to_answer({.status = 406,
                            .code = "not_acceptable",
                            .detail = "the Accept-Encoding header takes none of br, gzip and identity"});
        answer.headers.emplace_back("Vary", "Accept-Encoding");
        return;
    }
    auto smaller = encode(answer.body, *encoding, Effort::fast);
    if (smaller.empty() || (smaller.size() >= answer.body.size() && !is_plain_refused)) return;
    answer.body = std::move(smaller);
    answer.headers.emplace_back("Content-Encoding", name_of(*encoding));
    weaken_etag(answer);
}

}  // namespace izde::http
