#include "http/xml.hpp"

#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

// U+FFFE and U+FFFF, the only ones beyond the controls that UTF-8 has and XML does not.
bool is_noncharacter(std::string_view rest) {
    return rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf");
}

std::string_view escape(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    // In an attribute a bare one would become a space, and in an element a line feed.
    case '\r':
        return "&#13;";
    case '\n':
    case '\t':
        return {};
    default:
        return static_cast<unsigned char>(c) < ' ' ? replacement : std::string_view();
    }
}

}  // namespace

std::string xml_escaped(std::string_view text) {
    const std::string valid = text::repair_utf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (is_noncharacter(std::string_view(valid).substr(i))) {
            out += replacement;
            i += 2;
        } else if (const auto escaped = escape(valid[i]); !escaped.empty()) {
            out += escaped;
        } else {
            out += valid[i];
        }
    }
    return out;
}

}  // namespace izde::http
