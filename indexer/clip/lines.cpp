#include "clip/lines.hpp"

#include <algorithm>
#include <array>

#include "clip/date.hpp"

namespace izde::clip {
namespace {

constexpr std::string_view white = " \t\n\r\f\v";
constexpr std::string_view nbsp = "\xC2\xA0";
constexpr auto dashes = std::to_array<std::string_view>({"–", "—", "-"});
constexpr auto closing_quotes = std::to_array<std::string_view>({"”", "»", "\"", "'", "’", "」", "》", ")"});
constexpr auto wide_stops = std::to_array<std::string_view>({"。", "！", "？"});
constexpr auto image_endings =
    std::to_array<std::string_view>({".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"});
constexpr auto credits =
    std::to_array<std::string_view>({"Photo:", "Photo credit:", "Photo by ", "Photo courtesy",
                                     "Image:", "Фото:", "Сурет:", "图片来源", "图：", "照片："});
constexpr auto no_sentence_ends = std::to_array<std::string_view>(
    {"Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Gen", "Sen", "Gov", "vs", "Jr", "г", "ул"});

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Small letters of ASCII and of Russian are enough to tell a word in capitals from one that is not.
bool has_small_letter(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= 'a' && text[i] <= 'z') return true;
        const auto lead = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if ((lead == 0xD0 && next >= 0xB0) || (lead == 0xD1 && next <= 0x9F)) return true;
    }
    return false;
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit);
}

std::string_view without_closing_quotes(std::string_view line) {
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
    while (begin > 0 && white.find(text[begin - 1]) == std::string_view::npos) --begin;
    const std::string_view word = text.substr(begin, stop - begin);
    if (count_characters(word) <= 1 || word.find('.') != std::string_view::npos) return true;
    return std::find(no_sentence_ends.begin(), no_sentence_ends.end(), word) != no_sentence_ends.end();
}

// Just behind a dash with a space after it, if one starts at `at`; else 0.
std::size_t behind_dash(std::string_view line, std::size_t at) {
    for (const auto dash : dashes) {
        if (!line.substr(at).starts_with(dash)) continue;
        const std::size_t end = at + dash.size();
        if (end < line.size() && line[end] == ' ') return end + 1;
        if (line.substr(end).starts_with(nbsp)) return end + nbsp.size();
    }
    return 0;
}

// "ASTANA – ", "NUR-SULTAN. 25 January – ": capitals, then a dash, then a good deal of text.
std::size_t capitals_dateline_end(std::string_view line) {
    for (std::size_t i = 1; i < std::min<std::size_t>(line.size(), 60); ++i) {
        const std::size_t behind = behind_dash(line, i);
        if (behind == 0) continue;
        const std::string_view place = line.substr(0, i);
        const std::string_view name = place.substr(0, place.find_first_of(",.("));
        const bool is_place = count_characters(name) >= 3 && !has_small_letter(name) && !has_digit(name);
        return is_place && count_characters(line.substr(behind)) >= 60 ? behind : 0;
    }
    return 0;
}

// "Astana, 28 March 2023 (TDI): ": a place, a comma, a day, and a colon or dash.
std::size_t dated_dateline_end(std::string_view line) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos || comma == 0 || comma > 60) return 0;
    for (std::size_t i = comma + 1; i < std::min<std::size_t>(line.size(), comma + 60); ++i) {
        std::size_t behind = behind_dash(line, i);
        if (line[i] == ':' && i + 1 < line.size() && !is_digit(line[i + 1])) behind = i + 1;
        if (behind == 0) continue;
        std::string_view day = trimmed(line.substr(comma + 1, i - comma - 1));
        day = trimmed(day.substr(0, day.find('(')));
        return has_digit(day) && day.size() <= 40 ? behind : 0;
    }
    return 0;
}

// "新华社北京1月25日电 ", "中新社阿斯塔纳3月26日电（记者 ...）".
std::size_t chinese_dateline_end(std::string_view line) {
    constexpr std::string_view wire = "日电";
    const std::size_t at = line.find(wire);  // npos is too far as well
    if (at > 90 || !has_digit(line.substr(0, at))) return 0;
    std::size_t end = at + wire.size();
    constexpr std::string_view open = "（";
    constexpr std::string_view close = "）";
    if (!line.substr(end).starts_with(open)) return end;
    const std::size_t closed = line.find(close, end);
    return closed == std::string_view::npos ? end : closed + close.size();
}

bool is_image_name(std::string_view line) {
    if (line.find(' ') != std::string_view::npos) return false;
    return std::any_of(image_endings.begin(), image_endings.end(),
                       [&](std::string_view ending) { return line.ends_with(ending); });
}

bool is_date_alone(std::string_view line) {
    return line.size() <= 60 && !read_date(line, "text").value.empty() &&
           line.find_first_of(".-/ ") != std::string_view::npos;
}

// "date 2022-01-26 What's new": a label and a date in figures.
bool is_labelled_date(std::string_view line) {
    constexpr auto labels =
        std::to_array<std::string_view>({"date ", "date:", "Date:", "Published:", "Дата:", "日期："});
    for (const auto label : labels) {
        if (!line.starts_with(label)) continue;
        const std::string_view rest = trimmed(line.substr(label.size()));
        if (!read_date(rest.substr(0, rest.find(' ')), "text").value.empty() ||
            !read_date(rest, "text").value.empty())
            return true;
    }
    return false;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again && !text.empty();) {
        again = false;
        if (white.find(text.front()) != std::string_view::npos) text.remove_prefix(1), again = true;
        if (!text.empty() && white.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1), again = true;
        if (text.starts_with(nbsp)) text.remove_prefix(nbsp.size()), again = true;
        if (text.ends_with(nbsp)) text.remove_suffix(nbsp.size()), again = true;
    }
    return text;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t next_character(std::string_view text, std::size_t at) {
    if (at < text.size()) ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return at;
}

bool is_furniture(std::string_view line) {
    if (line.starts_with("http://") || line.starts_with("https://"))
        return line.find(' ') == std::string_view::npos;
    if (is_image_name(line) || is_date_alone(line) || is_labelled_date(line)) return true;
    if (std::any_of(credits.begin(), credits.end(),
                    [&](std::string_view credit) { return line.starts_with(credit); }))
        return true;
    return line.find("Photo credit:") != std::string_view::npos || line.ends_with("/ Photo:");
}

std::size_t dateline_end(std::string_view line) {
    if (const std::size_t end = capitals_dateline_end(line)) return end;
    if (const std::size_t end = dated_dateline_end(line)) return end;
    return chinese_dateline_end(line);
}

bool is_dateline(std::string_view line) {
    return dateline_end(line) > 0;
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

}  // namespace izde::clip
