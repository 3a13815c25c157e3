// scan → match → choose a window → write it on one line. Tested by snippet_test.cpp.
#include "search/snippet.hpp"

#include <algorithm>

#include "izde/text/scan.hpp"
#include "izde/text/utf8.hpp"

#include "query/characters.hpp"
#include "search/layout.hpp"
#include "search/matching.hpp"
#include "search/window.hpp"

namespace izde::search {
namespace {

constexpr std::string_view ellipsis = "…";

// The spans of the matches that stand in a part, those that overlap or touch as one.
std::vector<text::Span> lit(std::string_view utf8, std::span<const Match> matches, text::Span part) {
    std::vector<text::Span> spans;
    for (const Match& match : matches) {
        if (match.span.begin >= part.end) break;
        if (match.span.end <= part.begin) continue;
        const text::Span span{match.span.begin, with_marks(utf8, match.span.end)};
        if (!spans.empty() && span.begin <= spans.back().end)
            spans.back().end = std::max(spans.back().end, span.end);
        else
            spans.push_back(span);
    }
    return spans;
}

// Without white space at its ends.
std::string_view trimmed(std::string_view utf8) {
    while (!utf8.empty()) {
        const query::Character first = query::character_at(utf8, 0);
        if (!query::is_space(first.value)) break;
        utf8.remove_prefix(first.bytes);
    }
    while (!utf8.empty()) {
        const std::size_t last = text::code_point_begin(utf8, utf8.size() - 1);
        if (!query::is_space(query::character_at(utf8, last).value)) break;
        utf8 = utf8.substr(0, last);
    }
    return utf8;
}

// Where the line or sentence ends that goes on at `at`; 0 where it does not end within `bytes`.
std::size_t end_of_sentence(std::string_view utf8, std::size_t at, std::size_t bytes) {
    constexpr std::u32string_view full_stops = U"!?…。！？．", closing = U" \t\r\"'”’»)";
    bool ended = false;
    for (const std::size_t limit = at + bytes; at < utf8.size() && at < limit;) {
        const query::Character c = query::character_at(utf8, at);
        if (c.value == U'\n' || (ended && query::is_space(c.value))) return at;
        const bool stop = c.value == U'.' || full_stops.find(c.value) != std::u32string_view::npos;
        at += c.bytes;
        if (stop && c.value != U'.') return at;
        ended = stop || (ended && closing.find(c.value) != std::u32string_view::npos);
    }
    return at == utf8.size() ? at : 0;
}

// Whether a character goes on at `at`, as where a title that is not valid ends.
bool is_inside(std::string_view utf8, std::size_t at) {
    return text::code_point_begin(utf8, at) != at;
}

// How much of a text its title says already: nothing, or whole lines or sentences, the last of which
// the title may have cut. White space does not count.
std::size_t told_by(std::string_view title, std::string_view utf8) {
    constexpr std::size_t rest_of_title = 300, closing_signs = 8;
    const bool cut = title.ends_with(ellipsis);
    if (cut) title.remove_suffix(ellipsis.size());
    const auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    std::size_t at = 0;
    for (const char c : title) {
        if (is_blank(c)) continue;
        while (at < utf8.size() && is_blank(utf8[at])) ++at;
        if (at == utf8.size() || utf8[at] != c) return 0;
        ++at;
    }
    if (at == 0 || is_inside(utf8, at)) return 0;
    if (cut) return end_of_sentence(utf8, at, rest_of_title);
    // A title that ends with a full stop ends a sentence.
    const std::size_t last = title.find_last_of(".!?") == title.size() - 1 ? at - 1 : at;
    const std::size_t end = end_of_sentence(utf8, last, closing_signs);
    const std::string_view between = utf8.substr(at, end < at ? 0 : end - at);
    for (std::size_t i = 0; i < between.size();) {
        const query::Character c = query::character_at(between, i);
        if (query::is_wordlike(c.value)) return 0;
        i += c.bytes;
    }
    return end;
}

// A window of a text on one line, and the part of `lit` that stands in it.
class Line {
  public:
    Line(const Part& part, const Window& window, std::span<const text::Span> lit)
        : utf8_(part.utf8), begins_(part.begins), ends_(part.ends), window_(window), lit_(lit) {}

    Marked write() {
        if (!begins_ || !is_blank(utf8_.substr(0, window_.span.begin)))
            marked_.text.append(ellipsis).append(" ");
        const auto first =
            std::ranges::upper_bound(lit_, window_.span.begin, {}, [](text::Span span) { return span.end; });
        std::size_t at = window_.span.begin;
        for (auto span = first; span != lit_.end() && span->begin < window_.span.end; ++span) {
            copy(at, std::max(at, span->begin));
            const std::size_t begin = marked_.text.size(), end = std::min(span->end, window_.span.end);
            copy(std::max(at, span->begin), end);
            marked_.marks.push_back({begin, marked_.text.size()});
            at = end;
        }
        copy(at, window_.span.end);
        if (!ends_ || !is_blank(utf8_.substr(window_.span.end)))
            marked_.text.append(window_.splits_word ? "" : " ").append(ellipsis);
        return std::move(marked_);
    }

  private:
    static bool is_blank(std::string_view utf8) {
        for (std::size_t at = 0; at < utf8.size();) {
            const query::Character c = query::character_at(utf8, at);
            if (!query::is_space(c.value)) return false;
            at += c.bytes;
        }
        return true;
    }

    // White space in a row becomes one space, also where a mark stands between.
    void copy(std::size_t begin, std::size_t end) {
        const auto plain = [&](std::size_t i) { return utf8_[i] > ' ' && utf8_[i] <= '~'; };
        std::size_t at = begin, copied = begin;
        while (at < end) {
            if (plain(at)) {
                ++at;
                continue;
            }
            if (utf8_[at] == ' ' && at > copied && at + 1 < end && plain(at + 1)) {
                at += 2;
                continue;
            }
            const query::Character c = query::character_at(utf8_, at);
            if (query::is_space(c.value)) {
                marked_.text.append(utf8_, copied, at - copied);
                if (!marked_.text.ends_with(' ')) marked_.text += ' ';
                copied = at + c.bytes;
            }
            at += c.bytes;
        }
        marked_.text.append(utf8_, copied, at - copied);
    }

    std::string_view utf8_;
    bool begins_, ends_;
    Window window_;
    std::span<const text::Span> lit_;
    Marked marked_;
};

}  // namespace

Marked mark(std::string_view text, std::string_view lang, const Finder& finder) {
    const text::Scanned scanned = text::scan(text, lang, finder.sieve());
    if (!scanned.well_formed) return mark(text::repair_utf8(text), lang, finder);
    return {std::string(text), lit(text, finder.find(scanned.tokens), {0, text.size()})};
}

Marked make_snippet(std::string_view text, std::string_view lang, const Finder& finder, std::size_t width,
                    std::string_view title) {
    return make_snippet_of({text}, lang, finder, width, title).shown;
}

Snippet make_snippet_of(const Part& whole, std::string_view lang, const Finder& finder, std::size_t width,
                        std::string_view title) {
    if (width == 0) return {};
    const Part part{trimmed(whole.utf8), whole.begins, whole.ends};
    const text::Scanned scanned = text::scan(part.utf8, lang, finder.sieve());
    if (!scanned.well_formed) {
        const std::string repaired = text::repair_utf8(whole.utf8);
        return make_snippet_of({repaired, whole.begins, whole.ends}, lang, finder, width, title);
    }
    const std::vector<Match> matches = finder.find(scanned.tokens);
    // A rest that shows no wanted word must be worth a look by itself.
    std::size_t told = part.begins ? told_by(title, part.utf8) : 0;
    if (matches.empty() && part.ends &&
        scanned.width < text::display_width(part.utf8.substr(0, told)) + width / 2)
        told = 0;
    const Window window = choose_window(part, scanned, matches, finder.wanted(), width, told);
    return {Line(part, window, lit(part.utf8, matches, window.span)).write(), window.rank};
}

}  // namespace izde::search
