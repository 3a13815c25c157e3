#include "query/warnings.hpp"

#include <array>

#include "query/characters.hpp"

namespace izde::query {
namespace {

constexpr std::size_t quoted_characters = 40;

struct Told {
    std::string_view code, sentence;
};

// In the order of Trouble; % is the text it is about.
constexpr std::array<Told, static_cast<std::size_t>(Trouble::count)> told_of{{
    {"unclosed_quote",
     "The quotation mark before “%” is never closed, so all that follows was read as one phrase."},
    {"unmatched_parenthesis", "A parenthesis has no partner and was ignored."},
    {"deep_parentheses", "Parentheses are nested too deeply; the inner ones were ignored."},
    {"many_words", "The query has too many words; it was cut at “%”."},
    {"many_prefixes", "Too many words end in a star; “%” was read as a plain word."},
    {"short_prefix", "There are too few letters before the star in “%”; it was read as a plain word."},
    {"stray_star", "A star only means something at the end of a word; the one in “%” was ignored."},
    {"stray_minus", "The minus before “%” was not understood and was ignored."},
    {"stray_operator", "“%” has nothing to stand between, so it was read as a word."},
    {"headline", "All of it is in capitals, like a headline, so “%” was read as a word."},
    {"near_without_words", "NEAR only works between single words; “%” was ignored."},
    {"wide_near", "NEAR reaches 50 words at most; “%” was cut to that."},
    {"many_near", "NEAR joins 8 words at most; those behind it may stand anywhere."},
    {"near_without_number", "“%” has no number as NEAR/5 has, so it was read as words."},
    {"field_without_value", "“%” has nothing directly behind it, so it was read as a word."},
    {"bad_date", "“%” is not a date like 2022, 2022-01 or 2022-01-25..2023, so it was read as words."},
    {"backwards_date", "“%” ends before it begins, so nothing is dated so."},
    {"long_text", "“%” is too long and was cut."},
    {"many_dates", "There are more than 8 dates; “%” was ignored."},
    {"many_beginnings", "More words begin like “%” than are looked for; those are the most frequent ones."},
    {"many_forms", "“%” has more forms and spellings than are looked for; those are the most frequent ones."},
    {"many_unknown", "So many words are unknown that not all were checked for typing errors; “%” was not."},
    {"no_time", "There was no time to look for other forms, spellings and misspellings of all words."},
    {"no_words", "There is no word in the query, so nothing was left out."},
    {"typed_date", "To find what is dated %, search for date:%."},
    {"no_phrase", "No document has that phrase; these have some of its words."},
    {"no_match", "No document has the words that matter; these have some of the others."},
}};

std::string shortened(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t n = 0; n < quoted_characters && end < text.size(); ++n)
        end += character_at(text, end).bytes;
    return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

}  // namespace

std::string_view code_of(Trouble trouble) {
    return told_of[static_cast<std::size_t>(trouble)].code;
}

void Warnings::add(Trouble trouble, std::string_view about) {
    const auto kind = static_cast<std::size_t>(trouble);
    if (told_.test(kind)) return;
    told_.set(kind);
    const auto& [code, sentence] = told_of[kind];
    if (sentence.find('%') == std::string_view::npos) about = {};
    Warning warning{code, shortened(about), {}};
    for (const char c : sentence)
        if (c == '%')
            warning.text += warning.about;
        else
            warning.text += c;
    warnings_.push_back(std::move(warning));
}

}  // namespace izde::query
