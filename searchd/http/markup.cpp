#include "http/markup.hpp"

#include <algorithm>

#include "http/marked.hpp"

namespace izde::http {

Markup& Markup::doctype() {
    html_ += "<!doctype html>";
    return *this;
}

Markup& Markup::open(std::string_view tag, Attributes attributes) {
    (html_ += '<') += tag;
    for (const auto& [name, value, when] : attributes) {
        if (!when) continue;
        ((html_ += ' ') += name) += "=\"";
        append_escaped(html_, value);
        html_ += '"';
    }
    html_ += '>';
    return *this;
}

Markup& Markup::close(std::string_view tag) {
    ((html_ += "</") += tag) += ">";
    return *this;
}

Markup& Markup::text(std::string_view text) {
    append_escaped(html_, text);
    return *this;
}

Markup& Markup::marked(const search::Marked& text) {
    html_ += html(parts(text));
    return *this;
}

Markup& Markup::element(std::string_view tag, Attributes attributes, std::string_view content) {
    return open(tag, attributes).text(content).close(tag);
}

bool is_web_address(std::string_view url) {
    const auto begins = [url](std::string_view scheme) {
        return url.size() > scheme.size() &&
               std::equal(scheme.begin(), scheme.end(), url.begin(),
                          [](char lower, char c) { return c == lower || c == lower - 'a' + 'A'; });
    };
    // Browsers drop control characters before they look at the scheme.
    const bool clean = std::ranges::all_of(url, [](char c) { return static_cast<unsigned char>(c) > ' '; });
    return clean && (begins("http://") || begins("https://"));
}

}  // namespace izde::http
