#include "http/marked.hpp"

#include <algorithm>

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

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
    std::size_t kept = 0;  // up to here
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto entity = entity_of(text[at]);
        if (entity.empty()) continue;
        html.append(text, kept, at - kept).append(entity);
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

std::string html(const search::Marked& marked) {
    std::string out;
    out.reserve(marked.text.size() + 64);
    for (const auto& part : parts(marked)) {
        if (part.marked) out += "<mark>";
        append_escaped(out, part.text);
        if (part.marked) out += "</mark>";
    }
    return out;
}

}  // namespace izde::http
