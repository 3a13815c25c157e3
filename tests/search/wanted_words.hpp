// What the tests of snippets want, and a look at what they get.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/utf8.hpp"

#include "search/snippet.hpp"

namespace izde::test {

using query::Wanted;
using query::WantedTerm;
using query::WantedUnit;
using search::Marked;

// A unit for a word or phrase as it would come from a query: by its words, Han by pairs. "a|b" is a
// word with two forms.
inline WantedUnit unit(std::string_view typed, std::string_view lang, double weight = 1.0) {
    WantedUnit made{{}, weight};
    const std::size_t bar = typed.find('|');
    if (bar != std::string_view::npos) {
        made = unit(typed.substr(0, bar), lang, weight);
        const WantedUnit other = unit(typed.substr(bar + 1), lang);
        for (const WantedTerm& term : other.terms) made.terms.front().forms.push_back(term.forms.front());
        return made;
    }
    const std::vector<text::Token> tokens = text::analyze(typed, lang);
    const bool paired = std::ranges::any_of(
        tokens, [](const text::Token& token) { return token.kind == text::TokenKind::pair; });
    for (const text::Token& token : tokens) {
        if (paired && token.kind == text::TokenKind::character) continue;
        made.terms.push_back({{token.exact}, {}});
    }
    return made;
}

inline Wanted wanted(const std::vector<std::string>& typed, std::string_view lang = "en") {
    Wanted all;
    for (const std::string& one : typed) all.units.push_back(unit(one, lang));
    return all;
}

inline Wanted wanted_prefix(const std::string& folded) {
    return {{{{{{}, folded}}, 1.0}}};
}

// With the marks as brackets, to compare at a glance.
inline std::string shown(const Marked& marked) {
    std::string text;
    std::size_t at = 0;
    for (const text::Span mark : marked.marks) {
        text += marked.text.substr(at, mark.begin - at) + "[" +
                marked.text.substr(mark.begin, mark.end - mark.begin) + "]";
        at = mark.end;
    }
    return text + marked.text.substr(at);
}

inline bool on_border(std::string_view utf8, std::size_t at) {
    return at == utf8.size() || (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80;
}

inline void check_marks(const Marked& marked) {
    REQUIRE(text::is_valid_utf8(marked.text));
    std::size_t last = 0;
    bool first = true;
    for (const text::Span mark : marked.marks) {
        REQUIRE((first || mark.begin > last));
        REQUIRE(mark.begin < mark.end);
        REQUIRE(mark.end <= marked.text.size());
        REQUIRE(on_border(marked.text, mark.begin));
        REQUIRE(on_border(marked.text, mark.end));
        last = mark.end;
        first = false;
    }
}

inline std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

}  // namespace izde::test
