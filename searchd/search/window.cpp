#include "search/window.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "izde/text/utf8.hpp"

#include "query/characters.hpp"

namespace izde::search {
namespace {

using query::Character;
using query::character_at;

// Pieces, both included.
struct Range {
    std::size_t first = 0, last = 0;
};

struct Shown {
    Range pieces;
    std::size_t unit = 0;
};

std::vector<Shown> place(std::span<const Match> matches, const std::vector<Piece>& pieces) {
    std::vector<Shown> shown;
    shown.reserve(matches.size());
    std::size_t first = 0;
    for (const Match& match : matches) {
        while (first + 1 < pieces.size() && pieces[first].span.end <= match.span.begin) ++first;
        const auto after = std::ranges::lower_bound(pieces.begin() + static_cast<std::ptrdiff_t>(first),
                                                    pieces.end(), match.first_end, {},
                                                    [](const Piece& piece) { return piece.span.begin; });
        const auto last = static_cast<std::size_t>(after - pieces.begin());
        shown.push_back({{first, std::max(first, last == 0 ? 0 : last - 1)}, match.unit});
    }
    return shown;
}

// How good a window is; less is better.
struct Rank {
    std::int64_t missing_weight = 0;
    std::size_t apart = 0;  // columns between its first and its last wanted word
    bool inside_sentence = false;

    bool operator<(const Rank& other) const {
        return std::tie(missing_weight, apart, inside_sentence) <
               std::tie(other.missing_weight, other.apart, other.inside_sentence);
    }
};

// Slides over the matches and keeps in it what fits a window, each unit's last match only.
class Choice {
  public:
    Choice(const std::vector<Piece>& pieces, const std::vector<Shown>& shown, const query::Wanted& wanted,
           std::size_t columns)
        : pieces_(pieces), shown_(shown), wanted_(wanted), columns_(columns), count_(wanted.units.size()) {}

    Range best() {
        Rank best_rank;
        Range best_range;
        std::size_t first = 0;
        for (std::size_t last = 0; last < shown_.size(); ++last) {
            add(shown_[last].unit);
            while (first < last && (!fits(first, last) || count_[shown_[first].unit] > 1))
                remove(shown_[first++].unit);
            const Rank found = rank(first, last);
            if (last > 0 && !(found < best_rank)) continue;
            best_rank = found;
            best_range = {shown_[first].pieces.first, shown_[last].pieces.last};
        }
        return best_range;
    }

  private:
    void add(std::size_t unit) {
        if (count_[unit]++ == 0) weight_ += thousandths(unit);
    }
    void remove(std::size_t unit) {
        if (--count_[unit] == 0) weight_ -= thousandths(unit);
    }

    // Whole numbers, so that equal windows stay equal however often weights came and went.
    std::int64_t thousandths(std::size_t unit) const {
        const double weight = wanted_.units[unit].weight;
        return weight > 0 ? static_cast<std::int64_t>(std::min(weight, 1e6) * 1000) : 0;
    }

    bool fits(std::size_t first, std::size_t last) const {
        return pieces_[shown_[last].pieces.last].column_end <=
               pieces_[shown_[first].pieces.first].column + columns_;
    }

    Rank rank(std::size_t first, std::size_t last) const {
        const std::size_t begin = pieces_[shown_[first].pieces.last].column_end;
        const std::size_t end = pieces_[shown_[last].pieces.first].column;
        return {-weight_, end > begin ? end - begin : 0, !sentence_starts_near(shown_[first].pieces.first)};
    }

    bool sentence_starts_near(std::size_t piece) const {
        constexpr std::size_t near = 6;
        for (std::size_t i = piece + 1; i-- > 0 && piece - i < near;)
            if (pieces_[i].starts_sentence) return true;
        return false;
    }

    const std::vector<Piece>& pieces_;
    const std::vector<Shown>& shown_;
    const query::Wanted& wanted_;
    const std::size_t columns_;
    std::vector<std::size_t> count_;
    std::int64_t weight_ = 0;
};

// Brackets and quotes that belong to the word behind them.
bool opens(char32_t c) {
    constexpr std::u32string_view opening =
        U"([{¿¡“„‘‚«‹「『《〈（【〔［｛#@$€£¥₸₽№";
    return opening.find(c) != std::u32string_view::npos;
}

// The end of as many characters as fit, at least one.
std::size_t fitting_end(std::string_view utf8, std::size_t begin, std::size_t columns) {
    std::size_t end = begin;
    for (std::size_t used = 0; end < utf8.size();) {
        const std::size_t bytes = character_at(utf8, end).bytes;
        used += text::display_width(utf8.substr(end, bytes));
        if (used > columns) break;
        end += bytes;
    }
    const std::size_t border = text::character_begin(utf8, end);
    return border > begin ? border : text::character_end(utf8, begin + 1);
}

// Around chosen pieces, what surrounds them: context, then punctuation.
class Frame {
  public:
    Frame(std::string_view utf8, const Layout& layout, std::size_t columns)
        : utf8_(utf8), pieces_(layout.pieces), columns_(columns) {}

    Window around(Range wanted) const {
        while (wanted.last > wanted.first && width(wanted) > columns_) --wanted.last;
        Range shown{first_for(wanted), wanted.last};
        shown.last = last_for(shown);
        if (shown.last + 1 == pieces_.size()) shown.first = reach_back(shown);
        while (shown.last > wanted.last && !may_end(shown.last)) --shown.last;
        if (width(shown) > columns_) return split(shown.last);
        return {with_punctuation(shrunk(shown, wanted))};
    }

  private:
    std::size_t width(Range range) const {
        return pieces_[range.last].column_end - pieces_[range.first].column;
    }

    text::Span span_of(Range range) const {
        return {pieces_[range.first].span.begin, pieces_[range.last].span.end};
    }

    bool may_end(std::size_t piece) const {
        return piece + 1 == pieces_.size() || pieces_[piece + 1].after_space;
    }

    // The start of the wanted words' sentence, or a few words before them.
    std::size_t first_for(Range wanted) const {
        const std::size_t spare = columns_ - std::min(columns_, width(wanted));
        const std::size_t near = std::min(spare, columns_ / 2), little = std::min(spare / 2, columns_ / 4);
        std::size_t first = wanted.first;
        for (std::size_t i = wanted.first + 1; i-- > 0;) {
            const std::size_t lead = pieces_[wanted.first].column - pieces_[i].column;
            if (lead > near) break;
            if (pieces_[i].starts_sentence) return i;
            if (lead <= little && pieces_[i].after_space) first = i;
        }
        return first;
    }

    std::size_t last_for(Range shown) const {
        while (shown.last + 1 < pieces_.size() && width({shown.first, shown.last + 1}) <= columns_)
            ++shown.last;
        return shown.last;
    }

    // At the end of the text there may be room for more before.
    std::size_t reach_back(Range shown) const {
        std::size_t first = shown.first;
        for (std::size_t i = shown.first; i-- > 0 && width({i, shown.last}) <= columns_;)
            if (pieces_[i].starts_sentence || (pieces_[i].after_space && !pieces_[first].starts_sentence))
                first = i;
        return first;
    }

    // Fewer words around the wanted ones where the punctuation at the ends would not fit.
    Range shrunk(Range shown, Range wanted) const {
        const bool at_end = shown.last + 1 == pieces_.size();
        const auto too_wide = [&] {
            const text::Span span = span_of(shown);
            return width(shown) + columns_between(before(shown.first), span.begin) +
                       columns_between(span.end, after(shown.last)) >
                   columns_;
        };
        while (too_wide()) {
            if (shown.first < wanted.first && (at_end || shown.last == wanted.last)) do
                    ++shown.first;
                while (shown.first < wanted.first && !pieces_[shown.first].after_space);
            else if (shown.last > wanted.last)
                do --shown.last;
                while (shown.last > wanted.last && !may_end(shown.last));
            else
                break;
        }
        return shown;
    }

    Window split(std::size_t piece) const {
        const text::Span word = pieces_[piece].span;
        return {{word.begin, fitting_end(utf8_.substr(0, word.end), word.begin, columns_)}, true};
    }

    text::Span with_punctuation(Range shown) const {
        text::Span span = span_of(shown);
        std::size_t room = columns_ - width(shown);
        const bool all = shown.last + 1 == pieces_.size() && columns_between(span.end, utf8_.size()) <= room;
        const std::size_t end = all ? utf8_.size() : after(shown.last);
        if (const std::size_t more = columns_between(span.end, end); more <= room) {
            span.end = end;
            room -= more;
        }
        const std::size_t begin = before(shown.first);
        if (columns_between(begin, span.begin) <= room) span.begin = begin;
        return span;
    }

    std::size_t columns_between(std::size_t begin, std::size_t end) const {
        return text::display_width(utf8_.substr(begin, end - begin));
    }

    // Where what closes after a piece ends: at a space, or where something opens.
    std::size_t after(std::size_t piece) const {
        const bool last = piece + 1 == pieces_.size();
        const std::size_t limit = last ? utf8_.size() : pieces_[piece + 1].span.begin;
        const std::size_t end = pieces_[piece].span.end;
        std::size_t at = end;
        for (std::size_t signs = 0; at < limit; ++signs) {
            const Character c = character_at(utf8_, at);
            if (query::is_space(c.value) || opens(c.value)) break;
            if (signs == most_signs) return end;
            at += c.bytes;
        }
        return at;
    }

    // Where what opens before a piece begins.
    std::size_t before(std::size_t piece) const {
        const std::size_t begin = pieces_[piece].span.begin;
        if (piece == 0 && columns_between(0, begin) <= columns_ / 4) return 0;
        const std::size_t limit = piece == 0 ? 0 : after(piece - 1);
        std::size_t at = begin;
        for (std::size_t signs = 0; at > limit; ++signs) {
            std::size_t last = at - 1;
            while ((static_cast<unsigned char>(utf8_[last]) & 0xC0) == 0x80) --last;
            if (query::is_space(character_at(utf8_, last).value)) break;
            if (signs == most_signs) return begin;
            at = last;
        }
        return at;
    }

    // A longer row of signs is a line drawn with them and belongs to no word.
    static constexpr std::size_t most_signs = 6;

    std::string_view utf8_;
    const std::vector<Piece>& pieces_;
    const std::size_t columns_;
};

}  // namespace

Window choose_window(std::string_view utf8, const Layout& layout, std::span<const Match> matches,
                     const query::Wanted& wanted, std::size_t width) {
    if (layout.columns <= width) return {{0, utf8.size()}};
    // Room for "… " and " …".
    const std::size_t columns = width > 12 ? width - 4 : std::max<std::size_t>(width, 1);
    if (layout.pieces.empty()) return {{0, fitting_end(utf8, 0, columns)}, true};
    const std::vector<Shown> shown = place(matches, layout.pieces);
    const Range range = shown.empty() ? Range{} : Choice(layout.pieces, shown, wanted, columns).best();
    return Frame(utf8, layout, columns).around(range);
}

}  // namespace izde::search
