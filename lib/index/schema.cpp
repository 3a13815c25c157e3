#include "index/schema.hpp"

#include <algorithm>
#include <array>

#include "izde/text/analyze.hpp"

namespace izde::index::schema {
namespace {

// Xapian allows 245 bytes, fewer where a term holds NUL (none does).
constexpr std::size_t max_key_bytes = 200;

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

}  // namespace

std::string exact_term(std::string_view exact, std::optional<Field> in) {
    return (in ? "S" : "") + std::string(exact);
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

}  // namespace izde::index::schema
