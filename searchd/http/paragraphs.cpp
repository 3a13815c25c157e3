#include "http/paragraphs.hpp"

#include <algorithm>
#include <array>

#include "izde/text/utf8.hpp"

namespace izde::http {
namespace {

// Columns. A word of more is none, but a line of a script without spaces.
constexpr std::size_t narrowest = 50, widest = 100, longest_word = 30;

constexpr std::size_t bytes_of_a_character = 4;

struct Line {
    std::size_t begin = 0, end = 0;
    std::size_t width = 0;
};

// Nothing where one of them is too long.
std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        if (line.size() > widest * bytes_of_a_character) return {};
        const std::size_t width = text::display_width(line);
        if (width > widest) return {};
        lines.push_back({begin, end, width});
        begin = end + 1;
    }
    return lines;
}

bool ends_a_sentence(std::string_view line) {
    static constexpr std::array<std::string_view, 12> ends = {".", "!", "?",  ":",  "\"", "…",
                                                              "”", "»", "。", "！", "？", "」"};
    return std::ranges::any_of(ends, [&](std::string_view end) { return line.ends_with(end); });
}

// Whether the next line's first word had no room in this one. Lines are broken a little before the longest
// one ends as well; there the end of a sentence is taken for that of a paragraph.
bool was_full(std::string_view line, std::size_t width, std::string_view next, std::size_t longest) {
    const auto word = next.substr(0, next.find(' '));
    const std::size_t word_width = text::display_width(word);
    if (word.empty() || word_width > longest_word) return false;
    const std::size_t needed = width + 1 + word_width;
    return needed > longest || (needed > longest - longest / 6 && !ends_a_sentence(line));
}

}  // namespace

std::vector<std::size_t> wrapped_line_ends(std::string_view text) {
    const auto lines = lines_of(text);
    std::size_t longest = 0, broken = 0;
    for (const Line& line : lines) longest = std::max(longest, line.width);
    if (longest < narrowest) return {};
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const auto line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
        const auto next = text.substr(lines[i + 1].begin, lines[i + 1].end - lines[i + 1].begin);
        if (line.empty() || next.empty()) continue;
        ++broken;
        if (was_full(line, lines[i].width, next, longest)) ends.push_back(lines[i].end);
    }
    if (2 * ends.size() < broken) ends.clear();
    return ends;
}

}  // namespace izde::http
