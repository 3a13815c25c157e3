#include "clip/lines.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "izde/text/utf8.hpp"

namespace izde::clip {
namespace {

constexpr auto wide_spaces = std::to_array<std::string_view>({"\xC2\xA0", "\xE3\x80\x80"});  // U+00A0, U+3000
constexpr auto closing_quotes = std::to_array<std::string_view>({"”", "»", "\"", "'", "’", "」", "》", ")"});
constexpr auto wide_stops = std::to_array<std::string_view>({"。", "！", "？"});
constexpr auto no_sentence_ends = std::to_array<std::string_view>(
    {"Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Gen", "Sen", "Gov", "vs", "Jr", "г", "ул"});

bool is_ascii_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_white(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_wide(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

std::string_view without_closing_quotes(std::string_view line) {
    if (!line.empty() && (is_ascii_word(line.back()) || line.back() == '.')) return line;
    for (bool again = true; again;) {
        again = false;
        for (const auto quote : closing_quotes) {
            if (!line.ends_with(quote)) continue;
            line = trimmed(line.substr(0, line.size() - quote.size()));
            again = true;
        }
    }
    return line;
}

// The word that ends at `stop` is short for something, so that its stop ends no sentence.
bool is_abbreviation(std::string_view text, std::size_t stop) {
    std::size_t begin = stop;
    while (begin > 0 && !is_white(text[begin - 1])) --begin;
    const std::string_view word = text.substr(begin, stop - begin);
    if (text::count_code_points(word) <= 1 || word.find('.') != std::string_view::npos) return true;
    return std::find(no_sentence_ends.begin(), no_sentence_ends.end(), word) != no_sentence_ends.end();
}

constexpr std::size_t narrowest = 45;  // characters of a line that was cut for its length
constexpr std::size_t widest = 110;
static_assert(widest <= std::numeric_limits<std::uint8_t>::max());
constexpr std::size_t ragged = 8;  // characters by which such lines fall short of the width

// What would have to fit at the end of the line before; Chinese is cut anywhere.
std::size_t first_word(std::string_view line) {
    if (!line.empty() && static_cast<unsigned char>(line[0]) >= 0xE3) return 1;
    return text::count_code_points(line.substr(0, line.find(' ')));
}

// Mail and wires cut lines at a width, so that a paragraph is many lines: each ends where the next
// word would not have fitted. The width, or 0 where lines are paragraphs.
std::size_t width_of(std::string_view body) {
    std::size_t width = 0;
    std::size_t followed = 0;
    std::size_t full = 0;
    std::size_t lines = 0;
    std::string_view before;
    std::vector<std::pair<std::uint8_t, std::uint8_t>>
        ends;  // a line's length, and the next one's first word
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t newline = std::min(body.find('\n', at), body.size());
        const std::string_view line = trimmed(body.substr(at, newline - at));
        const std::size_t length = text::count_code_points(line);
        if (length > widest) return 0;
        width = std::max(width, length);
        if (!before.empty() && !line.empty())
            ends.emplace_back(static_cast<std::uint8_t>(text::count_code_points(before)),
                              static_cast<std::uint8_t>(first_word(line)));
        lines += line.empty() ? 0 : 1;
        before = line;
        at = newline + 1;
    }
    for (const auto& [length, word] : ends) {
        ++followed;
        full += length >= narrowest && length + 1u + word + ragged > width ? 1 : 0;
    }
    return width >= narrowest && followed >= 3 && full * 2 >= followed && followed * 2 >= lines ? width : 0;
}

bool goes_on(std::string_view line, std::string_view next, std::size_t width) {
    const std::size_t length = text::count_code_points(line);
    return length >= narrowest && length + 1 + first_word(next) + ragged > width;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again && !text.empty();) {
        again = false;
        if (is_white(text.front())) text.remove_prefix(1), again = true;
        if (!text.empty() && is_white(text.back())) text.remove_suffix(1), again = true;
        if (text.empty() || (!is_wide(text.front()) && !is_wide(text.back()))) continue;
        for (const std::string_view space : wide_spaces) {
            if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
            if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
        }
    }
    return text;
}

std::size_t next_character(std::string_view text, std::size_t at) {
    if (at < text.size()) ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return at;
}

bool ends_sentence(std::string_view line) {
    const std::string_view bare = without_closing_quotes(line);
    if (bare.ends_with("。") || bare.ends_with("．")) return true;
    if (!bare.ends_with('.') || bare.ends_with("...")) return false;
    // "by J. Smith Jr." and "in the U.S." are titles; a single letter before the stop tells.
    const std::size_t stop = bare.size() - 1;
    return !is_abbreviation(bare, stop);
}

std::size_t first_sentence_end(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ' || is_ascii_word(text[i])) continue;
        std::size_t end = 0;
        for (const auto stop : wide_stops)
            if (text.substr(i).starts_with(stop)) end = i + stop.size();
        const bool is_wide = end > 0;
        if (text[i] == '!' || text[i] == '?' || (text[i] == '.' && !is_abbreviation(text, i))) end = i + 1;
        if (end == 0) continue;
        for (const auto quote : closing_quotes)
            if (text.substr(end).starts_with(quote)) end += quote.size();
        if (is_wide || end >= text.size() || text[end] == ' ') return end;
    }
    return text.size();
}

std::vector<Unit> cut_into_units(std::string_view body) {
    std::vector<Unit> units;
    const std::size_t width = width_of(body);
    bool blank = true;
    std::size_t indent_before = 0;
    std::string_view line_before;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t newline = std::min(body.find('\n', at), body.size());
        const std::size_t end = std::min(newline + 1, body.size());
        const std::string_view line = body.substr(at, newline - at);
        const std::string_view text = trimmed(line);
        const std::size_t indent = text.empty() ? 0 : static_cast<std::size_t>(text.data() - line.data());
        if (text.empty()) {
            blank = true;
        } else if (width > 0 && !blank && indent < indent_before + 2 && !units.empty() &&
                   goes_on(line_before, text, width)) {
            Unit& unit = units.back();
            unit.text = {unit.text.data(),
                         static_cast<std::size_t>(text.data() + text.size() - unit.text.data())};
            unit.end = static_cast<std::uint32_t>(end);
            ++unit.lines;
        } else {
            units.push_back(
                {text, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), 1, blank});
        }
        if (!text.empty()) {
            blank = false;
            indent_before = indent;
            line_before = text;
        }
        at = end;
    }
    return units;
}

}  // namespace izde::clip
