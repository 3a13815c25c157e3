#include "search/layout.hpp"

#include "izde/text/utf8.hpp"

#include "query/characters.hpp"

namespace izde::search {
namespace {

using query::Character;
using query::character_at;

// What stands between two words.
struct Gap {
    std::size_t columns = 0, line_ends = 0;
    bool space = false, full_stop = false, sentence_end = false;
};

Gap measure(std::string_view gap) {
    constexpr std::u32string_view sentence_ends = U"!?…。！？．؟۔।";
    Gap measured;
    bool in_space = false;
    std::size_t seen = 0;  // up to where columns are counted, in front of a run without spaces
    const auto count_run = [&](std::size_t end) {
        measured.columns += text::display_width(gap.substr(seen, end - seen));
    };
    for (std::size_t at = 0; at < gap.size();) {
        const Character c = character_at(gap, at);
        const bool space = query::is_space(c.value);
        if (space && !in_space) {
            count_run(at);
            ++measured.columns;
        }
        at += c.bytes;
        if (space) seen = at;
        in_space = space;
        measured.space |= space;
        measured.line_ends += c.value == U'\n' ? 1 : 0;
        measured.full_stop |= c.value == U'.';
        measured.sentence_end |= sentence_ends.find(c.value) != std::u32string_view::npos;
    }
    count_run(gap.size());
    return measured;
}

// Folding changed its first letter, so it is a capital (or has an accent, which does no harm).
bool is_capitalised(std::string_view utf8, const text::Token& token) {
    const std::size_t bytes = character_at(utf8, token.span.begin).bytes;
    return !token.folded.starts_with(utf8.substr(token.span.begin, bytes));
}

bool starts_sentence(const Gap& before, const Piece& last, bool capitalised, bool unspaced) {
    if (before.line_ends > 1 || before.sentence_end) return true;
    if (before.line_ends == 1) return capitalised || unspaced;
    // A short word with a full stop is rather an initial or "Mr.".
    const bool abbreviated = last.column_end - last.column < 3;
    return before.full_stop && before.space && capitalised && !abbreviated;
}

}  // namespace

std::size_t with_marks(std::string_view utf8, std::size_t end) {
    while (end < utf8.size()) {
        const std::size_t bytes = character_at(utf8, end).bytes;
        if (bytes == 1 || text::display_width(utf8.substr(end, bytes)) > 0) break;
        end += bytes;
    }
    return end;
}

Layout lay_out(std::string_view utf8, std::span<const text::Token> tokens) {
    Layout layout;
    layout.pieces.reserve(tokens.size());
    std::size_t end = 0, column = 0;
    bool unspaced_before = false;
    for (const text::Token& token : tokens) {
        // Pairs overlap their first character.
        if (token.span.begin < end) continue;
        const Gap gap = measure(utf8.substr(end, token.span.begin - end));
        const bool first = layout.pieces.empty();
        const bool unspaced = token.kind != text::TokenKind::word;
        Piece piece{{token.span.begin, with_marks(utf8, token.span.end)}};
        piece.column = column + gap.columns;
        piece.column_end = piece.column + text::display_width(utf8.substr(piece.span.begin,
                                                                          piece.span.end - piece.span.begin));
        piece.after_space = first || gap.space || unspaced || unspaced_before;
        piece.starts_sentence =
            first || starts_sentence(gap, layout.pieces.back(), is_capitalised(utf8, token), unspaced);
        layout.pieces.push_back(piece);
        end = piece.span.end;
        column = piece.column_end;
        unspaced_before = unspaced;
    }
    layout.columns = column + measure(utf8.substr(end)).columns;
    return layout;
}

}  // namespace izde::search
