#include "clip/title.hpp"

#include <algorithm>
#include <array>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/byline.hpp"
#include "clip/dateline.hpp"
#include "clip/furniture.hpp"

namespace izde::clip {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_lead = 120;
constexpr std::size_t longest_first_line = 110;  // of a title that goes on in a second line

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

bool reads_like_title(const Unit& unit) {
    return unit.lines == 1 && count_characters(unit.text) <= longest_title && !ends_sentence(unit.text) &&
           read_dateline(unit.text).end == 0;
}

// A bullet, a table's row or a line of verse would be followed by more of its kind.
bool stands_alone(const std::vector<Unit>& units, std::size_t at) {
    if (at + 1 == units.size()) return false;
    const Unit& next = units[at + 1];
    if (next.after_blank) return true;
    const std::size_t own = count_characters(units[at].text);
    if (count_characters(next.text) > 2 * own || judge(next.text).is_furniture ||
        read_dateline(next.text).end > 0)
        return true;
    // A standfirst and a name may stand between a title and its date.
    for (std::size_t behind = at + 1; behind < units.size() && behind <= at + 3; ++behind) {
        if (const auto facts = read_fact_line(units[behind].text))
            return behind == at + 1 || facts->has_date || facts->author_is_marked;
    }
    return false;
}

bool is_capitals(std::string_view line) {
    return text::capitals(line) == text::Capitals::all;
}

// Whether a title that seems to end with `one` goes on in `other`.
bool goes_on(std::string_view one, std::string_view other) {
    if (count_characters(one) > longest_first_line || count_characters(one) < 12) return false;
    if (one.ends_with(",") || one.ends_with(":") || one.ends_with("–") || one.ends_with("—") ||
        one.ends_with("-"))
        return true;
    if (one.ends_with("?") || one.ends_with("!") || one.ends_with("”") || one.ends_with("»")) return false;
    const auto next = text::capitals(other.substr(0, other.find(' ')));
    if (next == text::Capitals::small) return true;
    return is_capitals(one) && is_capitals(other);
}

}  // namespace

std::size_t title_units(const std::vector<Unit>& units, std::size_t at) {
    if (at >= units.size() || !reads_like_title(units[at])) return 0;
    if (at + 2 < units.size() && !units[at + 1].after_blank && units[at + 2].after_blank &&
        reads_like_title(units[at + 1]) && goes_on(units[at].text, units[at + 1].text) &&
        count_characters(units[at].text) + count_characters(units[at + 1].text) <= longest_title)
        return 2;
    return stands_alone(units, at) ? 1 : 0;
}

std::string clean_title(std::string_view title) {
    const std::string line = text::collapse_spaces(title);
    return std::string(trimmed(without_outer_quotes(line)));
}

std::string lead_of(std::string_view story) {
    // A lead is cut long before this; no need to copy a whole book.
    const std::string_view start = story.substr(0, text::character_begin(story, 4096));
    const std::string paragraph = text::collapse_spaces(start.substr(0, start.find("\n\n")));
    const std::string_view behind = trimmed(std::string_view(paragraph).substr(read_dateline(paragraph).end));
    const std::string_view text = behind.substr(0, first_sentence_end(behind));
    if (count_characters(text) <= longest_lead) return std::string(text);
    std::size_t cut = 0;
    for (std::size_t i = 0; i + 1 < longest_lead; ++i) cut = next_character(text, cut);
    const std::size_t border = text::character_begin(text, cut);
    const std::size_t space = text.rfind(' ', border);
    // Chinese has no spaces; a "word" longer than a third of the lead is none either.
    const bool has_word_end = space != std::string_view::npos && space > border / 3 * 2;
    std::string kept(trimmed(text.substr(0, has_word_end ? space : border)));
    while (!kept.empty() && std::string_view(",;:-").find(kept.back()) != std::string_view::npos)
        kept.pop_back();
    return kept + "…";
}

std::string name_of(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0) name.resize(dot);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    return text::collapse_spaces(name);
}

bool same_words(std::string_view one, std::string_view other) {
    const auto words = [](std::string_view line) {
        std::string kept = text::comparable(line).text;
        std::erase_if(kept, [](char c) {
            return std::string_view(" \"'.,:;!?-()[]|").find(c) != std::string_view::npos;
        });
        return kept;
    };
    const std::string first = words(one);
    return !first.empty() && first == words(other);
}

}  // namespace izde::clip
