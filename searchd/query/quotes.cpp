#include "query/quotes.hpp"

#include <algorithm>
#include <array>

namespace izde::query {
namespace {

// Some close at one end of Europe what they open at the other: „a“ “a” ”a” «a» »a« »a».
constexpr std::array pairs = std::to_array<Quote>({
    {U'"', U"\"", "\"", "\""},
    {U'«', U"»", "«", "»"},
    {U'“', U"”\"", "“", "”"},
    {U'「', U"」", "「", "」"},
    {U'『', U"』", "『", "』"},
    {U'《', U"》", "《", "》"},
    {U'〈', U"〉", "〈", "〉"},
    {U'‹', U"›", "‹", "›"},
    {U'„', U"“”\"", "„", "“"},
    {U'”', U"”\"", "”", "”"},
    {U'»', U"«»", "»", "«"},
    {U'›', U"‹›", "›", "‹"},
    {U'｢', U"｣", "｢", "｣"},
    {U'＂', U"＂\"", "＂", "＂"},
});

}  // namespace

std::span<const Quote> quotes() {
    return pairs;
}

const Quote* quote_opened_by(char32_t c) {
    const auto* const quote = std::ranges::find(pairs, c, &Quote::opens);
    return quote == pairs.end() ? nullptr : quote;
}

bool closes(const Quote& quote, char32_t c) {
    return quote.closed_by.find(c) != std::u32string_view::npos;
}

bool is_quote(char32_t c) {
    if (c < 0x80) return c == U'"';
    return std::ranges::any_of(pairs,
                               [&](const Quote& quote) { return quote.opens == c || closes(quote, c); });
}

}  // namespace izde::query
