#include "query/warnings.hpp"

#include <array>

#include "query/characters.hpp"

namespace izde::query {
namespace {

constexpr std::size_t quoted_characters = 40;

// In the order of Trouble; % is the text it is about.
constexpr std::array<std::string_view, static_cast<std::size_t>(Trouble::count)> sentences{
    "The quotation mark before “%” is never closed, so all that follows was read as one phrase.",
    "A parenthesis has no partner and was ignored.",
    "Parentheses are nested too deeply; the inner ones were ignored.",
    "The query has too many words; it was cut at “%”.",
    "Too many words end in a star; “%” was read as a plain word.",
    "There are too few letters before the star in “%”; it was read as a plain word.",
    "A star only means something at the end of a word; the one in “%” was ignored.",
    "The minus before “%” was not understood and was ignored.",
    "“%” has nothing to stand between, so it was read as a word.",
    "All of it is in capitals, like a headline, so “%” was read as a word.",
    "NEAR only works between single words; “%” was ignored.",
    "NEAR reaches 50 words at most; “%” was cut to that.",
    "NEAR joins 8 words at most; those behind it may stand anywhere.",
    "“%” has no number as NEAR/5 has, so it was read as words.",
    "“%” has nothing directly behind it, so it was read as a word.",
    "“%” is not a date like 2022, 2022-01 or 2022-01-25..2023, so it was read as words.",
    "“%” ends before it begins, so nothing is dated so.",
    "“%” is too long and was cut.",
    "There are more than 8 dates; “%” was ignored.",
    "More words begin like “%” than are looked for; those are the most frequent ones.",
    "“%” has more forms and spellings than are looked for; those are the most frequent ones.",
    "So many words are unknown that not all were checked for typing errors; “%” was not.",
    "There was no time to look for other forms, spellings and misspellings of all words.",
};

std::string shortened(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t n = 0; n < quoted_characters && end < text.size(); ++n)
        end += character_at(text, end).bytes;
    return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

}  // namespace

void Warnings::add(Trouble trouble, std::string_view about) {
    const auto kind = static_cast<std::size_t>(trouble);
    if (told_.test(kind)) return;
    told_.set(kind);
    std::string sentence(sentences[kind]);
    const std::size_t gap = sentence.find('%');
    if (gap != std::string::npos) sentence.replace(gap, 1, shortened(about));
    sentences_.push_back(std::move(sentence));
}

}  // namespace izde::query
