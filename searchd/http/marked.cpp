#include "http/marked.hpp"

#include <algorithm>

namespace izde::http {

void append_escaped(std::string& html, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html += c;
        }
    }
}

std::vector<Part> parts(const search::Marked& marked) {
    std::vector<Part> all;
    std::size_t done = 0;
    const auto put = [&](std::size_t end, bool is_marked) {
        if (end > done) all.push_back({marked.text.substr(done, end - done), is_marked});
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
    for (const auto& part : parts(marked)) {
        if (part.marked) out += "<mark>";
        append_escaped(out, part.text);
        if (part.marked) out += "</mark>";
    }
    return out;
}

}  // namespace izde::http
