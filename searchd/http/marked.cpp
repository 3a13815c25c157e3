#include "http/marked.hpp"

#include <algorithm>

#include "izde/eight.hpp"

namespace izde::http {
namespace {

std::string_view entity_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

// Behind what begins there and is no sign of HTML.
std::size_t plain_end(std::string_view text, std::size_t at) {
    // One bit sets < apart from >, and one & from '.
    constexpr auto higher = eight::ones * ('<' ^ '>'), lower = eight::ones * ('&' ^ '\'');
    for (; at + eight::size <= text.size(); at += eight::size) {
        const auto all = eight::load(text.data() + at);
        if (eight::any(eight::equal(all | higher, '>') | eight::equal(all | lower, '\'') |
                       eight::equal(all, '"')))
            break;
    }
    while (at < text.size() && entity_of(text[at]).empty()) ++at;
    return at;
}

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
    std::size_t kept = 0;  // up to here
    for (std::size_t at = plain_end(text, 0); at < text.size(); at = plain_end(text, at + 1)) {
        html.append(text, kept, at - kept).append(entity_of(text[at]));
        kept = at + 1;
    }
    html.append(text, kept);
}

std::vector<Part> parts(const search::Marked& marked) {
    std::vector<Part> all;
    all.reserve(2 * marked.marks.size() + 1);
    const std::string_view text = marked.text;
    std::size_t done = 0;
    const auto put = [&](std::size_t end, bool is_marked) {
        if (end > done) all.push_back({text.substr(done, end - done), is_marked});
        done = std::max(done, end);
    };
    for (const auto& mark : marked.marks) {
        put(std::min(mark.begin, marked.text.size()), false);
        put(std::min(mark.end, marked.text.size()), true);
    }
    put(marked.text.size(), false);
    return all;
}

std::string html(std::span<const Part> parts) {
    constexpr std::size_t tags = 13, entities = 32;
    std::size_t size = entities;
    for (const auto& part : parts) size += part.text.size() + tags;
    std::string out;
    out.reserve(size);
    for (const auto& part : parts) {
        if (part.marked) out += "<mark>";
        append_escaped(out, part.text);
        if (part.marked) out += "</mark>";
    }
    return out;
}

}  // namespace izde::http
