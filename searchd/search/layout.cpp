#include "search/layout.hpp"

#include <algorithm>

#include "izde/text/scan.hpp"
#include "izde/text/utf8.hpp"

#include "query/characters.hpp"

namespace izde::search {
namespace {

using query::Character;
using query::character_at;

// What stands between two words.
struct Gap {
    std::size_t line_ends = 0;
    bool space = false, full_stop = false, sentence_end = false;
};

bool ends_sentence(char32_t c) {
    constexpr std::u32string_view wide = U"…。！？．؟۔।";
    return c < 0x80 ? c == U'!' || c == U'?' : wide.find(c) != std::u32string_view::npos;
}

Gap look_at(std::string_view gap) {
    if (gap == " ") return {0, true, false, false};
    Gap seen;
    for (std::size_t at = 0; at < gap.size();) {
        const Character c = character_at(gap, at);
        at += c.bytes;
        seen.space |= query::is_space(c.value);
        seen.line_ends += c.value == U'\n' ? 1 : 0;
        seen.full_stop |= c.value == U'.';
        seen.sentence_end |= ends_sentence(c.value);
    }
    return seen;
}

bool starts_sentence(const Gap& before, std::size_t last_columns, const text::Placed& word) {
    if (before.line_ends > 1 || before.sentence_end) return true;
    if (before.line_ends == 1) return word.capital || word.unspaced;
    // A short word with a full stop is rather an initial or "Mr.".
    const bool abbreviated = last_columns < 3;
    return before.full_stop && before.space && word.capital && !abbreviated;
}

// What stands before a part is not cut into words; the last of them is taken for one that is not short.
constexpr std::size_t some_word = 3;

std::size_t end_of_word_before(std::string_view utf8, std::size_t at) {
    constexpr std::size_t furthest = 1000;
    for (const std::size_t least = at - std::min(at, furthest); at > least;) {
        const std::size_t last = text::code_point_begin(utf8, at - 1);
        if (query::is_wordlike(character_at(utf8, last).value)) break;
        at = last;
    }
    return at;
}

}  // namespace

std::size_t with_wide_marks(std::string_view utf8, std::size_t end) {
    while (end < utf8.size()) {
        const std::size_t bytes = character_at(utf8, end).bytes;
        if (bytes == 1 || text::display_width(utf8.substr(end, bytes)) > 0) break;
        end += bytes;
    }
    return end;
}

std::vector<Piece> lay_out(std::string_view utf8, text::Span part) {
    const std::vector<text::Placed> words = text::place_words(utf8, part);
    std::vector<Piece> pieces;
    pieces.reserve(words.size());
    std::size_t end = end_of_word_before(utf8, part.begin);
    std::size_t last_columns = some_word;
    bool unspaced_before = false;
    for (const text::Placed& word : words) {
        const Gap gap = look_at(utf8.substr(end, word.span.begin - end));
        const bool first = pieces.empty();
        const bool starts = (first && end == 0) || starts_sentence(gap, last_columns, word);
        end = with_marks(utf8, word.span.end);
        pieces.push_back({{word.span.begin, end},
                          word.columns.begin,
                          word.columns.end,
                          first || gap.space || word.unspaced || unspaced_before,
                          starts});
        last_columns = word.columns.end - word.columns.begin;
        unspaced_before = word.unspaced;
    }
    return pieces;
}

}  // namespace izde::search
