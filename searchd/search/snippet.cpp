// analyze → match → choose a window → write it on one line. Tested by snippet_test.cpp.
#include "search/snippet.hpp"

#include <algorithm>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "query/characters.hpp"
#include "search/layout.hpp"
#include "search/matching.hpp"
#include "search/window.hpp"

namespace izde::search {
namespace {

constexpr std::string_view ellipsis = "…";

// The spans of the matches, those that overlap or touch as one.
std::vector<text::Span> lit(std::string_view utf8, std::span<const Match> matches) {
    std::vector<text::Span> spans;
    for (const Match& match : matches) {
        const text::Span span{match.span.begin, with_marks(utf8, match.span.end)};
        if (!spans.empty() && span.begin <= spans.back().end)
            spans.back().end = std::max(spans.back().end, span.end);
        else
            spans.push_back(span);
    }
    return spans;
}

std::string_view trimmed(std::string_view utf8) {
    std::size_t begin = utf8.size(), end = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const query::Character c = query::character_at(utf8, at);
        if (!query::is_space(c.value)) {
            begin = std::min(begin, at);
            end = at + c.bytes;
        }
        at += c.bytes;
    }
    return begin < end ? utf8.substr(begin, end - begin) : std::string_view();
}

// A window of a text on one line, and the part of `lit` that stands in it.
class Line {
  public:
    Line(std::string_view utf8, const Window& window, std::span<const text::Span> lit)
        : utf8_(utf8), window_(window), lit_(lit) {}

    Marked write() {
        if (!is_blank(utf8_.substr(0, window_.span.begin))) marked_.text.append(ellipsis).append(" ");
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
        if (!is_blank(utf8_.substr(window_.span.end)))
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
        for (std::size_t at = begin; at < end;) {
            const query::Character c = query::character_at(utf8_, at);
            if (!query::is_space(c.value))
                marked_.text.append(utf8_.substr(at, c.bytes));
            else if (!marked_.text.ends_with(' '))
                marked_.text += ' ';
            at += c.bytes;
        }
    }

    std::string_view utf8_;
    Window window_;
    std::span<const text::Span> lit_;
    Marked marked_;
};

}  // namespace

Marked mark(std::string_view text, std::string_view lang, const query::Wanted& wanted) {
    Marked marked{text::repair_utf8(text), {}};
    const std::vector<text::Token> tokens = text::analyze(marked.text, lang);
    marked.marks = lit(marked.text, find_matches(tokens, wanted));
    return marked;
}

Marked make_snippet(std::string_view text, std::string_view lang, const query::Wanted& wanted,
                    std::size_t width) {
    if (width == 0) return {};
    const std::string repaired = text::repair_utf8(text);
    const std::string_view utf8 = trimmed(repaired);
    const std::vector<text::Token> tokens = text::analyze(utf8, lang);
    const std::vector<Match> matches = find_matches(tokens, wanted);
    const Window window = choose_window(utf8, lay_out(utf8, tokens), matches, wanted, width);
    return Line(utf8, window, lit(utf8, matches)).write();
}

}  // namespace izde::search
