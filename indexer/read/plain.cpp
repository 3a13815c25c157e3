#include <algorithm>

#include "izde/text/utf8.hpp"

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/plausible.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t sample_bytes = 64u << 10;

// A program or an image by a text's name. UTF-16 is full of zeros too: it must read like text.
bool is_binary(std::string_view bytes, const Decoded& decoded) {
    if (decoded.encoding.starts_with("UTF-16") || decoded.encoding.starts_with("UTF-32")) {
        const bool is_marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
                               bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
        const std::size_t end = text::character_begin(decoded.text, sample_bytes);
        const std::string_view text = std::string_view(decoded.text).substr(0, end);
        return !is_marked && (text.empty() || plausibility(text) < 0);
    }
    const auto sample = bytes.substr(0, sample_bytes);
    const auto controls = std::count_if(sample.begin(), sample.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B);
    });
    return static_cast<std::size_t>(controls) * 20 > sample.size();
}

}  // namespace

void read_plain(std::string_view bytes, const Origin& origin, const Sink& sink) {
    const Decoded decoded = decode(bytes);
    if (is_binary(bytes, decoded)) {
        sink(fail(Errc::bad_document, "not a text: the file holds binary data"));
        return;
    }
    index::Document document;
    document.path = origin.path;
    document.format = to_string(Format::text);
    document.encoding = decoded.encoding;
    document.body = paragraphs(decoded.text);
    sink(std::move(document));
}

}  // namespace izde::read
