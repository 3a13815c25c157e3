#include "index/schema.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <xxhash.h>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

namespace izde::index::schema {
namespace {

// Xapian allows 245 bytes, fewer where a term holds NUL (none does).
constexpr std::size_t max_key_bytes = 200;

// Of "A, B, C": a list of thousands is no byline.
constexpr std::size_t max_authors = 32;

// Between the values in a slot, and between the parts of one; no shown value holds them.
constexpr char value_end = '\x1e', part_end = '\x1f';

std::string_view facet_prefix(Facet facet) {
    switch (facet) {
    case Facet::lang:
        return "L";
    case Facet::source:
        return "XS";
    case Facet::author:
        return "A";
    case Facet::place:
        return "XP";
    case Facet::format:
        return "XF";
    case Facet::path:
        return "P";
    }
    return "";
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string last_day_of_month(std::string_view year, std::string_view month) {
    constexpr std::array<int, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int y = std::stoi(std::string(year));
    const int m = std::clamp(std::stoi(std::string(month)), 1, 12);
    const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return std::to_string(days.at(static_cast<std::size_t>(m)) + (m == 2 && leap ? 1 : 0));
}

// On one line, without control characters.
std::string shown_value(std::string_view value) {
    constexpr std::size_t max_bytes = 200;
    std::string line(value);
    std::ranges::replace_if(
        line, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    line = text::collapse_spaces(line);
    if (line.size() <= max_bytes) return line;
    line.resize(text::code_point_begin(line, max_bytes));
    return line;
}

void add_value(std::vector<FacetValue>& values, std::string_view value) {
    FacetValue one{{}, shown_value(value)};
    one.key = facet_key(one.shown);
    const bool known = std::ranges::find(values, one.key, &FacetValue::key) != values.end();
    if (!one.key.empty() && !known) values.push_back(std::move(one));
}

}  // namespace

std::string exact_term(std::string_view exact, std::optional<Field> in) {
    std::string buffer;
    return std::string(exact_term(exact, in, buffer));
}

std::string_view exact_term(std::string_view exact, std::optional<Field> in, std::string& buffer) {
    if (!in) return exact;
    buffer = *in == Field::title ? 'S' : 'B';
    buffer += exact;
    return buffer;
}

std::string id_term(std::string_view id) {
    return "Q" + std::string(id);
}

std::string facet_term(Facet facet, std::string_view key) {
    return std::string(facet_prefix(facet)).append(":").append(key);
}

std::string facet_word_term(Facet facet, std::string_view word) {
    return std::string("XW").append(facet_prefix(facet)).append(":").append(word);
}

std::string title_term(std::string_view title) {
    const std::string key = facet_key(title);
    if (key.empty()) return {};
    std::array<char, 16> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), XXH3_64bits(key.data(), key.size()), 36);
    return std::string("XT").append(digits.data(), end.ptr);
}

std::string group_term(std::string_view group) {
    return std::string("G").append(group.substr(0, max_key_bytes));
}

std::string year_term(std::string_view year) {
    return "Y" + std::string(year);
}

std::string facet_key(std::string_view value) {
    std::string key;
    for (const text::Token& token : text::analyze(value, "und")) {
        if (token.kind == text::TokenKind::pair) continue;
        if (key.size() + token.folded.size() >= max_key_bytes) break;
        if (!key.empty()) key += ' ';
        key += token.folded;
    }
    return key;
}

std::vector<FacetValue> facet_values(Facet facet, std::string_view value) {
    std::vector<FacetValue> values;
    if (facet != Facet::author) {
        add_value(values, value);
        return values;
    }
    for (std::size_t begin = 0; begin < value.size() && values.size() < max_authors;) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        add_value(values, value.substr(begin, end - begin));
        begin = end + 1;
    }
    return values;
}

std::string facet_slot_value(const std::vector<FacetValue>& values) {
    std::string slot;
    for (const FacetValue& value : values) {
        if (!slot.empty()) slot += value_end;
        slot += value.key;
        if (value.shown != value.key) slot.append(1, part_end).append(value.shown);
    }
    return slot;
}

std::vector<FacetValue> read_facet_slot(std::string_view slot) {
    std::vector<FacetValue> values;
    for (std::size_t begin = 0; begin < slot.size();) {
        const std::size_t end = std::min(slot.find(value_end, begin), slot.size());
        const std::string_view value = slot.substr(begin, end - begin);
        const std::size_t middle = std::min(value.find(part_end), value.size());
        const std::string_view key = value.substr(0, middle);
        const std::string_view shown = middle == value.size() ? key : value.substr(middle + 1);
        values.push_back({std::string(key), std::string(shown)});
        begin = end + 1;
    }
    return values;
}

Days days_of(std::string_view date) {
    const std::string_view year = date.substr(0, 4);
    if (year.size() != 4 || !all_digits(year)) return {};
    if (date.size() == 4) return {std::string(year) + "0101", std::string(year) + "1231"};
    if (date.size() < 7 || date[4] != '-' || !all_digits(date.substr(5, 2))) return {};
    const std::string month = std::string(year).append(date.substr(5, 2));
    if (date.size() == 7) return {month + "01", month + last_day_of_month(year, date.substr(5, 2))};
    if (date.size() != 10 || date[7] != '-' || !all_digits(date.substr(8))) return {};
    const std::string day = month + std::string(date.substr(8));
    return {day, day};
}

std::string complement(std::string_view digits) {
    std::string result(digits);
    std::ranges::transform(result, result.begin(), [](char c) { return static_cast<char>('0' + '9' - c); });
    return result;
}

std::string in_bytes(std::uint32_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(number >> shift & 0xFFU);
    return bytes;
}

std::string seen_order(const Document& document) {
    const std::string day = days_of(document.date.value).first;
    std::uint32_t number = 0;
    std::from_chars(day.data(), day.data() + day.size(), number);
    return in_bytes(document.first_seen) + (day.empty() ? "" : in_bytes(number));
}

std::string lead_order(const Document& document) {
    if (document.group == document.id) return "0";
    const Days days = days_of(document.date.value);
    return days.first.empty() ? "2" : "1" + days.first;
}

}  // namespace izde::index::schema
