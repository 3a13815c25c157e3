#include "read/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

namespace izde::read {
namespace {

constexpr std::size_t longest_name = 32;

bool is_letter(unsigned code) {
    return code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
}

std::string utf8_of(unsigned code) {
    std::array<xmlChar, 8> bytes{};
    const int length = xmlCopyCharMultiByte(bytes.data(), static_cast<int>(code));
    return {bytes.begin(), bytes.begin() + length};
}

// Of the name between '&' and ';': 0 for none.
unsigned code_of(std::string_view name) {
    if (!name.starts_with('#')) {
        const htmlEntityDesc* known =
            htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
        if (known == nullptr) return name == "apos" ? '\'' : 0;
        return known->value;
    }
    name.remove_prefix(1);
    const bool is_hex = name.starts_with('x') || name.starts_with('X');
    if (is_hex) name.remove_prefix(1);
    unsigned code = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), code, is_hex ? 16 : 10);
    return read.ec == std::errc() && read.ptr == name.data() + name.size() ? code : 0;
}

}  // namespace

std::string decode_entities(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t sign = std::min(text.find('&', at), text.size());
        decoded += text.substr(at, sign - at);
        at = sign;
        if (at == text.size()) break;
        const std::size_t end = text.substr(at, longest_name).find(';');
        const unsigned code = end == std::string_view::npos ? 0 : code_of(text.substr(at + 1, end - 1));
        const bool is_known = is_letter(code);
        decoded += is_known ? utf8_of(code) : std::string(1, '&');
        at += is_known ? end + 1 : 1;
    }
    return decoded;
}

}  // namespace izde::read
