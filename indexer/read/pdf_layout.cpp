#include "read/pdf_layout.hpp"

#include <algorithm>
#include <cmath>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

namespace izde::read {
namespace {

enum class Join { same, line, paragraph };

struct Line {
    std::string text;
    double left = 0, top = 0, right = 0, bottom = 0;
    double first_word = 0;  // its width
    bool space_after = false;

    double height() const { return std::max(1.0, bottom - top); }
};

bool is_on(const Line& line, const PlacedWord& word) {
    const double middle = (word.top + word.bottom) / 2;
    return middle > line.top && middle < line.bottom && word.left > line.right - line.height();
}

std::vector<Line> lines_of(const std::vector<PlacedWord>& words) {
    std::vector<Line> lines;
    for (const PlacedWord& word : words) {
        if (word.text.empty()) continue;
        if (lines.empty() || !is_on(lines.back(), word)) {
            lines.push_back({word.text, word.left, word.top, word.right, word.bottom, word.right - word.left,
                             word.space_after});
            continue;
        }
        Line& line = lines.back();
        const bool is_apart = line.space_after || word.left - line.right > line.height();
        line.text.append(is_apart ? " " : "").append(word.text);
        line.right = std::max(line.right, word.right);
        line.top = std::min(line.top, word.top);
        line.bottom = std::max(line.bottom, word.bottom);
        line.space_after = word.space_after;
    }
    return lines;
}

bool is_below(const Line& upper, const Line& lower) {
    return lower.top > upper.top && lower.left < upper.right && lower.right > upper.left;
}

// What lies between lines that follow each other on most of the page.
double usual_gap(const std::vector<Line>& lines) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < lines.size(); ++i)
        if (is_below(lines[i - 1], lines[i])) gaps.push_back(lines[i].top - lines[i - 1].bottom);
    if (gaps.empty()) return 0;
    const auto third = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 3);
    std::nth_element(gaps.begin(), third, gaps.end());
    return *third;
}

// How far the lines around reach that begin where this one does.
double right_edge(const std::vector<Line>& lines, std::size_t at) {
    constexpr std::size_t around = 8;
    double edge = lines[at].right;
    const std::size_t end = std::min(lines.size(), at + around);
    for (std::size_t i = at - std::min(at, around); i < end; ++i)
        if (std::abs(lines[i].left - lines[at].left) < 3 * lines[at].height())
            edge = std::max(edge, lines[i].right);
    return edge;
}

// The code point that begins at `at`; 0 where there is none.
char32_t code_point(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    return code;
}

std::size_t last_at(std::string_view text) {
    return text.empty() ? 0 : text::code_point_begin(text, text.size() - 1);
}

char32_t last_code_point(std::string_view text) {
    return code_point(text, last_at(text));
}

bool begins_small(std::string_view text) {
    constexpr std::size_t longest_character = 4;
    const std::size_t end = text::code_point_begin(text, std::min(text.size(), longest_character));
    return text::capitals(text.substr(0, end)) == text::Capitals::small;
}

bool ends_small(std::string_view text) {
    return text::capitals(text.substr(last_at(text))) == text::Capitals::small;
}

// Written without spaces between words.
bool is_solid(char32_t c) {
    return (c >= 0x2E80 && c < 0xA4D0 && c != 0x3000) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0xFF00 && c < 0xFFF0) || (c >= 0x20000 && c < 0x32000);
}

bool ends_sentence(std::string_view text) {
    const char32_t c = last_code_point(text);
    return std::u32string_view(U".!?:…»”\"。！？").find(c) != std::u32string_view::npos;
}

bool goes_on(const Line& before, const Line& line) {
    return !ends_sentence(before.text) && begins_small(line.text);
}

Join join_of(const std::vector<Line>& lines, std::size_t at, double gap) {
    const Line& before = lines[at - 1];
    const Line& line = lines[at];
    const double height = std::max(before.height(), line.height());
    if (height > 1.25 * std::min(before.height(), line.height())) return Join::paragraph;
    if (!is_below(before, line)) return goes_on(before, line) ? Join::same : Join::paragraph;
    if (line.top - before.bottom > gap + 0.4 * height) return Join::paragraph;
    if (line.left - before.left > 0.8 * height && line.left - before.left < 6 * height)
        return Join::paragraph;
    if (before.text.ends_with('-') || goes_on(before, line)) return Join::same;
    const double word = is_solid(code_point(line.text, 0)) ? height : line.first_word;
    const bool would_fit = before.right + word + 0.6 * height < right_edge(lines, at - 1);
    return would_fit ? Join::line : Join::same;
}

void append_joined(std::string& text, std::string_view line) {
    constexpr std::string_view soft_hyphen = "\u00AD";
    const bool is_hyphened = text.ends_with('-') && !text.ends_with(" -");
    if (text.ends_with(soft_hyphen)) {
        text.resize(text.size() - soft_hyphen.size());
    } else if (is_hyphened) {
        // Between other letters it may be the word's own: "North-West".
        const std::string_view before = std::string_view(text).substr(0, text.size() - 1);
        if (begins_small(line) && ends_small(before)) text.pop_back();
    } else if (!is_solid(code_point(line, 0)) || !is_solid(last_code_point(text))) {
        text += ' ';
    }
    text += line;
}

}  // namespace

std::string page_text(const std::vector<PlacedWord>& words) {
    const std::vector<Line> lines = lines_of(words);
    const double gap = usual_gap(lines);
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Join join = i == 0 ? Join::paragraph : join_of(lines, i, gap);
        if (join == Join::same) {
            append_joined(text, lines[i].text);
            continue;
        }
        text.append(text.empty() ? "" : join == Join::line ? "\n" : "\n\n").append(lines[i].text);
    }
    return text;
}

}  // namespace izde::read
