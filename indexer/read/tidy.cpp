#include "read/tidy.hpp"

#include <algorithm>

#include "izde/eight.hpp"
#include "izde/text/utf8.hpp"

namespace izde::read {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

constexpr char begins_c1 = '\xC2';  // control characters beyond ASCII, and others

// Where there may be a control character: all before is to be kept.
std::size_t kept_end(std::string_view text) {
    std::size_t at = 0;
    for (; at + eight::size <= text.size(); at += eight::size) {
        const auto all = eight::load(text.data() + at);
        if (!eight::any(eight::below(all, 0x20) | eight::equal(all, '\x7F') | eight::equal(all, begins_c1)))
            continue;
        const auto part = text.substr(at, eight::size);
        if (std::ranges::any_of(part, [](char c) { return is_control(c) || c == begins_c1; })) break;
    }
    return at;
}

}  // namespace

std::string without_controls(std::string_view text) {
    std::string kept = text::repair_utf8(text);
    std::size_t end = kept_end(kept);
    for (std::size_t i = end; i < kept.size(); ++i) {
        const bool c1 =
            kept[i] == begins_c1 && i + 1 < kept.size() && static_cast<unsigned char>(kept[i + 1]) < 0xA0;
        if (c1) ++i;
        if (c1 || is_control(kept[i])) continue;
        kept[end++] = kept[i];
    }
    kept.resize(end);
    return kept;
}

std::string one_line(std::string_view text) {
    return text::collapse_spaces(without_controls(text));
}

std::string paragraphs(std::string_view clean, std::vector<std::size_t>& marks) {
    std::string tidy;
    tidy.reserve(clean.size() + 1);
    bool empty_before = true;
    auto mark = marks.begin();
    for (std::size_t at = 0; at < clean.size();) {
        const std::size_t line_end = std::min(clean.find('\n', at), clean.size());
        std::size_t end = line_end;
        while (end > at && is_blank(clean[end - 1])) --end;
        for (; mark != marks.end() && *mark <= line_end; ++mark)
            *mark = tidy.size() + std::min(*mark, end) - at;
        if (end > at || !empty_before) tidy.append(clean, at, end - at).push_back('\n');
        empty_before = end == at;
        at = line_end + 1;
    }
    if (tidy.ends_with("\n\n")) tidy.pop_back();
    std::fill(mark, marks.end(), tidy.size());
    for (std::size_t& place : marks) place = std::min(place, tidy.size());
    return tidy;
}

std::string paragraphs(std::string_view text) {
    std::vector<std::size_t> marks;
    return paragraphs(without_controls(text), marks);
}

void drop_repeated_title(index::Document& document) {
    const std::size_t end = std::min(document.body.find('\n'), document.body.size());
    if (document.title.empty() || one_line(std::string_view(document.body).substr(0, end)) != document.title)
        return;
    const std::size_t before = document.body.size();
    document.body = paragraphs(std::string_view(document.body).substr(end));
    const std::size_t dropped = before - document.body.size();
    for (index::Furniture& piece : document.boilerplate) piece.at -= std::min(piece.at, dropped);
}

std::string ascii_lower(std::string_view name) {
    std::string lower(name);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string web_address(std::string_view text) {
    std::string address = one_line(text);
    const std::string scheme = ascii_lower(std::string_view(address).substr(0, 8));
    if (!scheme.starts_with("http://") && !scheme.starts_with("https://")) return {};
    return address.find(' ') == std::string::npos ? address : std::string();
}

}  // namespace izde::read
