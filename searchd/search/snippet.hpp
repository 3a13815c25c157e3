// The best window of a text and what to highlight in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

#include "search/matching.hpp"
#include "search/window.hpp"

namespace izde::search {

// A text with some of it lit; no markup, ever.
struct Marked {
    std::string text;               // valid UTF-8
    std::vector<text::Span> marks;  // bytes of `text`: ascending, apart, not empty, on character borders
};

// The whole text, its wanted words marked; touching marks of one run are joined.
Marked mark(std::string_view text, std::string_view lang, const Finder& finder);

// A window of about `width` display columns (Han counts two) around the most distinct wanted
// words standing closest together, preferring the start of a sentence. Begins and ends at a word
// (in Han at a character), never exceeds `width` by more than a word; line ends are spaces; "… "
// and " …" stand where text was cut. Without a wanted word: the beginning of the text. `title` is
// what stands above the snippet: where the text begins with it, that is left out if the rest has as
// much to show.
Marked make_snippet(std::string_view text, std::string_view lang, const Finder& finder, std::size_t width,
                    std::string_view title = {});

// The same of a part of a text that is cut from more than `width` bytes four times over on each side of the
// words that are to be shown, or where the text begins or ends.
struct Snippet {
    Marked shown;
    Rank rank;
};
Snippet make_snippet_of(const Part& part, std::string_view lang, const Finder& finder, std::size_t width,
                        std::string_view title);

}  // namespace izde::search
