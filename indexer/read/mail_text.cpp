#include "read/mail_text.hpp"

#include <algorithm>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_bare_signature = 8;  // lines
constexpr std::size_t longest_introduction = 3;    // lines

using LineList = std::vector<std::string_view>;

LineList lines_of(std::string_view text) {
    LineList lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// How deep a line is quoted; the marks and one space are taken off.
std::size_t take_quote_marks(std::string_view& line) {
    std::size_t depth = 0;
    while (line.starts_with('>') || (depth > 0 && line.starts_with(" >"))) {
        line.remove_prefix(line.starts_with('>') ? 1 : 2);
        ++depth;
    }
    if (line.starts_with(' ')) line.remove_prefix(1);
    return depth;
}

bool is_quoted(std::string_view line) {
    return line.starts_with('>');
}

bool is_empty(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

// "On 12 May 2023, Aigul <a@example.kz> wrote:", "12 мая 2023 г. в 10:00 Айгуль написала:"
bool is_introduction(const LineList& lines, std::size_t begin, std::size_t end) {
    if (begin == end || end - begin > longest_introduction) return false;
    std::string_view last = lines[end - 1];
    last = last.substr(0, last.find_last_not_of(" \t") + 1);
    if (!last.ends_with(":") && !last.ends_with("：")) return false;
    return std::any_of(
        lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.begin() + static_cast<std::ptrdiff_t>(end),
        [](std::string_view line) { return line.find_first_of("0123456789@") != std::string_view::npos; });
}

// Where the lines that introduce a quotation at `quote` begin; `quote` itself if there are none.
std::size_t introduction_begin(const LineList& lines, std::size_t from, std::size_t quote) {
    std::size_t end = quote;
    while (end > from && is_empty(lines[end - 1])) --end;
    std::size_t begin = end;
    while (begin > from && !is_empty(lines[begin - 1]) && end - begin <= longest_introduction) --begin;
    return is_introduction(lines, begin, end) ? begin : quote;
}

std::size_t signature_begin(const LineList& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i] == "-- ") return i;
        if (lines[i] == "--" && lines.size() - i <= longest_bare_signature) return i;
    }
    return lines.size();
}

std::string joined(const LineList& lines, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text.append(lines[i]) += '\n';
    return text;
}

// The rest of quoted lines and of the signature goes where it belongs, in order.
Letter divide(const LineList& lines) {
    Letter letter;
    const std::size_t signature = signature_begin(lines);
    std::size_t from = 0;
    for (std::size_t at = 0; at < signature;) {
        if (!is_quoted(lines[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = introduction_begin(lines, from, at);
        while (at < signature && is_quoted(lines[at])) ++at;
        letter.add_text(joined(lines, from, begin));
        letter.add_furniture(joined(lines, begin, at));
        from = at;
    }
    letter.add_text(joined(lines, from, signature));
    letter.add_furniture(joined(lines, signature, lines.size()));
    return letter;
}

Letter unquoted(const LineList& lines) {
    Letter letter;
    const std::size_t signature = signature_begin(lines);
    std::string text;
    for (std::size_t i = 0; i < signature; ++i) {
        std::string_view line = lines[i];
        take_quote_marks(line);
        text.append(line) += '\n';
    }
    letter.add_text(text);
    letter.add_furniture(joined(lines, signature, lines.size()));
    return letter;
}

}  // namespace

void Letter::add_text(std::string_view text) {
    const std::string tidy = paragraphs(text);
    if (tidy.empty()) return;
    if (!body.empty()) body += '\n';
    body += tidy;
}

void Letter::add_furniture(std::string_view text) {
    std::string tidy = paragraphs(text);
    if (tidy.empty()) return;
    tidy.pop_back();
    boilerplate.push_back({std::move(tidy), body.size()});
}

void Letter::add(const Letter& other) {
    const std::size_t before = body.size() + (body.empty() || other.body.empty() ? 0 : 1);
    add_text(other.body);
    for (const index::Furniture& piece : other.boilerplate)
        boilerplate.push_back({piece.text, before + piece.at});
}

std::string unflowed(std::string_view text, bool delete_space) {
    std::string joined;
    std::size_t depth_before = 0;
    bool flows = false;
    for (std::string_view line : lines_of(text)) {
        const std::size_t depth = take_quote_marks(line);
        const bool is_border = line == "-- ";
        const bool goes_on = flows && depth == depth_before && !is_border;
        if (!goes_on && !joined.empty()) joined += '\n';
        if (!goes_on && depth > 0) joined.append(depth, '>') += ' ';
        flows = line.ends_with(' ') && !is_border;
        if (flows && delete_space) line.remove_suffix(1);
        joined += line;
        depth_before = depth;
    }
    if (!joined.empty()) joined += '\n';
    return joined;
}

Letter read_letter(std::string_view text) {
    const LineList lines = lines_of(text);
    Letter letter = divide(lines);
    return letter.body.empty() ? unquoted(lines) : letter;
}

}  // namespace izde::read
