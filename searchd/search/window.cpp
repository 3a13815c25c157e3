#include "search/window.hpp"

#include <algorithm>
#include <vector>

#include "izde/text/utf8.hpp"

#include "query/characters.hpp"
#include "search/layout.hpp"

namespace izde::search {
namespace {

using query::Character;
using query::character_at;

// Pieces, both included.
struct Range {
    std::size_t first = 0, last = 0;
};

// Some matches that stand together, both included.
struct Cluster {
    std::size_t first = 0, last = 0;
    Rank rank = {};
};

// Slides over the matches and keeps in it what fits a window, each unit's last match only.
class Choice {
  public:
    Choice(std::string_view utf8, const text::Scanned& scanned, std::span<const Match> matches,
           const query::Wanted& wanted, std::size_t columns, std::size_t told)
        : utf8_(utf8), scanned_(scanned), matches_(matches), wanted_(wanted), columns_(columns), told_(told),
          count_(wanted.units.size()) {}

    Cluster best() {
        Cluster best;
        std::size_t first = 0;
        for (std::size_t last = 0; last < matches_.size(); ++last) {
            add(matches_[last].unit);
            while (first < last && (!fits(first, last) || count_[matches_[first].unit] > 1))
                remove(matches_[first++].unit);
            const Rank found{-weight_, matches_[first].span.begin < told_, apart(first, last)};
            if (last > 0 && best.rank < found) continue;
            if (last > 0 && found == best.rank && !starts_better(first, best.first)) continue;
            best = {first, last, found};
        }
        return best;
    }

  private:
    void add(std::size_t unit) {
        if (count_[unit]++ == 0) weight_ += thousandths(wanted_.units[unit]);
    }
    void remove(std::size_t unit) {
        if (--count_[unit] == 0) weight_ -= thousandths(wanted_.units[unit]);
    }

    std::size_t begin_of(std::size_t match) const {
        return scanned_.columns[matches_[match].first_token].begin;
    }
    std::size_t end_of(std::size_t match) const { return scanned_.columns[matches_[match].last_token].end; }

    bool fits(std::size_t first, std::size_t last) const {
        return end_of(last) <= begin_of(first) + columns_;
    }

    // Columns between the first and the last wanted word.
    std::size_t apart(std::size_t first, std::size_t last) const {
        const std::size_t begin = end_of(first), end = begin_of(last);
        return end > begin ? end - begin : 0;
    }

    // Of two that are as good otherwise. Not asked for ever again in a text that is full of matches.
    bool starts_better(std::size_t match, std::size_t than) {
        constexpr std::size_t most_asked = 64;
        if (asked_about_ != than || asked_ == 0) {
            asked_about_ = than;
            near_sentence_ = ++asked_ > most_asked || sentence_starts_near(than);
        }
        return !near_sentence_ && ++asked_ <= most_asked && sentence_starts_near(match);
    }

    bool sentence_starts_near(std::size_t match) const;
    text::Span part_around(std::size_t match, std::size_t bytes_before) const;

    std::string_view utf8_;
    const text::Scanned& scanned_;
    const std::span<const Match> matches_;
    const query::Wanted& wanted_;
    const std::size_t columns_, told_;
    std::vector<std::size_t> count_;
    std::int64_t weight_ = 0;
    std::size_t asked_ = 0, asked_about_ = 0;
    bool near_sentence_ = false;  // what was asked about
};

// The piece that holds the byte `at`.
std::size_t piece_at(const std::vector<Piece>& pieces, std::size_t at) {
    const auto after =
        std::ranges::upper_bound(pieces, at, {}, [](const Piece& piece) { return piece.span.begin; });
    return after == pieces.begin() ? 0 : static_cast<std::size_t>(after - pieces.begin()) - 1;
}

// Between borders.
text::Span Choice::part_around(std::size_t match, std::size_t bytes_before) const {
    const auto borders = std::span(scanned_.borders);
    const text::Span span = matches_[match].span;
    const auto behind = std::ranges::upper_bound(borders, span.begin - std::min(span.begin, bytes_before), {},
                                                 &text::Scanned::Border::at);
    const auto end = std::ranges::lower_bound(borders, span.end, {}, &text::Scanned::Border::at);
    return {std::prev(behind)->at, end == borders.end() ? utf8_.size() : end->at};
}

bool Choice::sentence_starts_near(std::size_t match) const {
    constexpr std::size_t near_words = 6, near_bytes = 200, mostly_enough = 48, most_bytes = 4096;
    const text::Span part = part_around(match, near_bytes), shorter = part_around(match, mostly_enough);
    if (part.end - part.begin > most_bytes) return false;
    const std::size_t at = matches_[match].span.begin;
    std::vector<Piece> pieces = lay_out(utf8_, shorter);
    std::size_t last = piece_at(pieces, at);
    // What stands before the first piece is not known as well as what stands between two.
    if (last < near_words && part.begin < shorter.begin) {
        pieces = lay_out(utf8_, part);
        last = piece_at(pieces, at);
    }
    for (std::size_t i = last + 1, seen = 0; i-- > 0 && seen < near_words; ++seen)
        if (pieces[i].starts_sentence) return true;
    return false;
}

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
    Frame(std::string_view utf8, const std::vector<Piece>& pieces, std::size_t columns, std::size_t told)
        : utf8_(utf8), pieces_(pieces), columns_(columns), told_(told) {}

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
        if (piece == 0 && told_ == 0 && columns_between(0, begin) <= columns_ / 4) return 0;
        const std::size_t limit = piece == 0 ? told_ : after(piece - 1);
        std::size_t at = begin;
        for (std::size_t signs = 0; at > limit; ++signs) {
            const std::size_t last = text::code_point_begin(utf8_, at - 1);
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
    const std::size_t columns_, told_;
};

// The part of a text from which a window over some columns can be cut. Only at the end of the text more than
// half of it may stand before what is wanted.
text::Span around(const text::Scanned& scanned, text::Columns shown, std::size_t columns, std::size_t end) {
    constexpr std::size_t slack = 16;
    const std::size_t reach = columns + slack;
    const auto column = &text::Scanned::Border::column;
    const auto after = std::ranges::upper_bound(scanned.borders, shown.end + reach, {}, column);
    const std::size_t reach_back = after == scanned.borders.end() ? reach : columns / 2 + slack;
    const std::size_t begin = shown.begin - std::min(shown.begin, reach_back);
    const auto behind = std::ranges::upper_bound(scanned.borders, begin, {}, column);
    return {behind == scanned.borders.begin() ? 0 : std::prev(behind)->at,
            after == scanned.borders.end() ? end : after->at};
}

// The first word behind what was told may well begin a window.
void drop_told(std::vector<Piece>& pieces, std::size_t told) {
    const auto behind =
        std::ranges::lower_bound(pieces, told, {}, [](const Piece& piece) { return piece.span.begin; });
    const bool first_told = behind != pieces.begin();
    pieces.erase(pieces.begin(), behind);
    if (first_told && !pieces.empty()) pieces.front().after_space = pieces.front().starts_sentence = true;
}

// A window neither begins nor ends inside a match, unless that alone fills half of it.
void hold_together(std::vector<Piece>& pieces, std::span<const Match> matches, std::size_t columns) {
    if (pieces.empty()) return;
    for (const Match& match : matches) {
        if (match.span.begin >= pieces.back().span.end) break;
        if (match.span.end <= pieces.front().span.begin) continue;
        const std::size_t first = piece_at(pieces, match.span.begin);
        const std::size_t last = piece_at(pieces, match.span.end - 1);
        if (pieces[last].column_end - pieces[first].column > columns / 2) continue;
        for (std::size_t i = first + 1; i <= last; ++i)
            pieces[i].after_space = pieces[i].starts_sentence = false;
    }
}

}  // namespace

std::int64_t thousandths(const query::WantedUnit& unit) {
    return unit.weight > 0 ? static_cast<std::int64_t>(std::min(unit.weight, 1e6) * 1000) : 0;
}

Window choose_window(const Part& part, const text::Scanned& scanned, std::span<const Match> matches,
                     const query::Wanted& wanted, std::size_t width, std::size_t told) {
    const std::string_view utf8 = part.utf8;
    if (told == 0 && scanned.width <= width && part.begins && part.ends) return {{0, utf8.size()}};
    // Room for "… " and " …".
    const std::size_t columns = width > 12 ? width - 4 : std::max<std::size_t>(width, 1);
    text::Columns shown{};
    text::Span wanted_span{told, told + 1};
    Rank rank;
    if (!matches.empty()) {
        const Cluster best = Choice(utf8, scanned, matches, wanted, columns, told).best();
        const Match &first = matches[best.first], &last = matches[best.last];
        shown = {scanned.columns[first.first_token].begin, scanned.columns[last.last_token].end};
        wanted_span = {first.span.begin, last.first_end};
        rank = best.rank;
    } else if (told > 0) {
        const auto border = std::ranges::upper_bound(scanned.borders, told, {}, &text::Scanned::Border::at);
        shown = {std::prev(border)->column, border == scanned.borders.end() ? scanned.width : border->column};
    }
    if (wanted_span.begin < told) {
        Window window = choose_window(part, scanned, matches, wanted, width, 0);
        window.rank.told = true;
        return window;
    }

    std::vector<Piece> pieces = lay_out(utf8, around(scanned, shown, columns, utf8.size()));
    if (told > 0) drop_told(pieces, told);
    if (pieces.empty()) return {{0, fitting_end(utf8, 0, columns)}, true, rank};
    hold_together(pieces, matches, columns);
    Window window = Frame(utf8, pieces, columns, told)
                        .around({piece_at(pieces, wanted_span.begin), piece_at(pieces, wanted_span.end - 1)});
    window.rank = rank;
    return window;
}

}  // namespace izde::search
