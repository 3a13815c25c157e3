// A title is known by its shape alone: short, a line of its own, without a full stop, and longer
// text after it.
#include "clip/title.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "izde/text/utf8.hpp"

#include "clip/date.hpp"
#include "clip/lines.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_lead = 120;
constexpr std::size_t lines_looked_at = 40;

struct Quotes {
    std::string_view open;
    std::string_view close;
};
constexpr auto quote_pairs = std::to_array<Quotes>(
    {{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}, {"'", "'"}, {"‘", "’"}, {"「", "」"}, {"《", "》"}});

// “A” and “B” is not wrapped: the first pair ends before the line does.
std::string_view without_outer_quotes(std::string_view title) {
    for (const auto& [open, close] : quote_pairs) {
        if (title.size() <= open.size() + close.size() || !title.starts_with(open) || !title.ends_with(close))
            continue;
        const auto inside = title.substr(open.size(), title.size() - open.size() - close.size());
        if (inside.find(open) == std::string_view::npos && inside.find(close) == std::string_view::npos)
            return inside;
    }
    return title;
}

struct Line {
    std::string_view text;
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Line> first_lines(std::string_view body) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < body.size() && lines.size() < lines_looked_at;) {
        const std::size_t newline = std::min(body.find('\n', at), body.size());
        const std::size_t end = std::min(newline + 1, body.size());
        lines.push_back({trimmed(body.substr(at, newline - at)), at, end});
        at = end;
    }
    return lines;
}

std::optional<std::size_t> first_telling_line(const std::vector<Line>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].text.empty() && !is_furniture(lines[i].text)) return i;
    return std::nullopt;
}

// The line is followed by nothing, by an empty line, or at once by a text much longer than it.
bool stands_alone(const std::vector<Line>& lines, std::size_t at) {
    const auto is_text = [](const Line& line) { return !line.text.empty(); };
    const auto next = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.end(), is_text);
    if (next == lines.end()) return false;
    if (lines[at + 1].text.empty()) return true;
    const std::size_t own = count_characters(lines[at].text);
    const std::size_t other = count_characters(next->text);
    return is_furniture(next->text) || is_dateline(next->text) || other > 2 * own;
}

bool reads_like_title(std::string_view line) {
    return count_characters(line) <= longest_title && !ends_sentence(line) && !is_dateline(line);
}

// Lines of one paragraph joined, from `at` on.
std::string paragraph_from(std::string_view body, std::size_t at) {
    std::size_t end = body.find("\n\n", at);
    if (end == std::string_view::npos) end = body.size();
    // A lead is cut long before this; no need to copy a whole book.
    return text::collapse_spaces(body.substr(at, text::character_begin(body, std::min(end, at + 4096)) - at));
}

std::string cut_at_word(const std::string& text, std::size_t limit) {
    if (count_characters(text) <= limit) return text;
    std::size_t cut = 0;
    for (std::size_t i = 0; i + 1 < limit; ++i) cut = next_character(text, cut);
    const std::size_t border = text::character_begin(text, cut);
    const std::size_t space = text.rfind(' ', border);
    // Chinese has no spaces; a "word" longer than a third of the lead is none either.
    const bool has_word_end = space != std::string::npos && space > border / 3 * 2;
    std::string kept(trimmed(std::string_view(text).substr(0, has_word_end ? space : border)));
    while (!kept.empty() && std::string_view(",;:-").find(kept.back()) != std::string_view::npos)
        kept.pop_back();
    return kept + "…";
}

std::string lead_of(std::string_view body, std::size_t at) {
    const std::string paragraph = paragraph_from(body, at);
    const std::string_view text = trimmed(std::string_view(paragraph).substr(dateline_end(paragraph)));
    return cut_at_word(std::string(text.substr(0, first_sentence_end(text))), longest_lead);
}

std::string name_of(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0) name.resize(dot);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    return text::collapse_spaces(name);
}

}  // namespace

Title find_title(std::string_view body, std::string_view path) {
    const auto lines = first_lines(body);
    const auto at = first_telling_line(lines);
    if (!at) {
        // Furniture alone is still more than a file's name.
        const auto any =
            std::find_if(lines.begin(), lines.end(), [](const Line& line) { return !line.text.empty(); });
        if (any == lines.end()) return {name_of(path), "file-name"};
        return {lead_of(body, any->begin), "lead"};
    }
    const Line& line = lines[*at];
    if (reads_like_title(line.text) && stands_alone(lines, *at))
        return {text::collapse_spaces(without_outer_quotes(line.text)), "first-line", line.begin, line.end};
    return {lead_of(body, line.begin), "lead"};
}

}  // namespace izde::clip
