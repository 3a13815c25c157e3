// Tested by scan_test.cpp.
#include "izde/text/scan.hpp"

#include <algorithm>
#include <optional>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "izde/text/analyze.hpp"
#include "izde/text/detect.hpp"
#include "izde/text/language.hpp"
#include "izde/text/utf8.hpp"

#include "text/fold.hpp"
#include "text/scan_characters.hpp"
#include "text/scanner.hpp"
#include "text/segment.hpp"

namespace izde::text {
namespace {

// Makes tokens of the words that a sieve lets through.
class Sifter {
  public:
    Sifter(std::string_view utf8, std::string_view lang, const Sieve& sieve)
        : utf8_(utf8), lang_(lang), sieve_(sieve) {
        scanned_.borders.reserve(utf8.size() / border_apart + 1);
        scanned_.borders.push_back({});
    }

    Scanned take(std::size_t end) {
        close_paragraph(end);
        return std::move(scanned_);
    }

    static constexpr bool skips = true;
    void skip(std::size_t words) { position_ += static_cast<std::uint32_t>(words); }

    bool takes(Span, std::size_t, std::uint64_t opening) const { return !sieve_.has_opening(opening); }
    bool wants_word(std::uint64_t letters) const { return sieve_.has_word(key_of(letters)); }
    bool wants_character(char32_t c) const { return sieve_.has_character(c); }
    bool wants_beginnings() const { return sieve_.has_beginnings(); }
    bool wants_beginning(std::uint64_t letters, std::size_t count) const {
        return sieve_.has_beginning_of(count) && sieve_.has_beginning(key_of(letters));
    }

    void border(std::size_t at, std::size_t column) {
        if (at - scanned_.borders.back().at >= border_apart) scanned_.borders.push_back({at, column});
    }

    void paragraph(std::size_t begin, std::size_t last_end) {
        close_paragraph(last_end);
        position_ += paragraph_gap;
        paragraph_ = begin;
    }

    void word(Span span, Columns columns, bool wanted, bool) {
        if (!wanted && span.end - span.begin < long_word) {
            ++position_;
            return;
        }
        std::string exact = fold_case(text_of(span), lang_);
        if (exact.empty()) return;
        ++position_;
        if (may_be_turkic(text_of(span), exact)) unsure_.push_back(scanned_.tokens.size());
        add(std::move(exact), span, columns, TokenKind::word);
    }

    void character(Span span, Columns columns, char32_t c, const std::optional<Placed>& pair) {
        ++position_;
        if (folds_plainly(c) && !wants_character(c)) return;
        add(fold_case(text_of(span), lang_), span, columns, TokenKind::character);
        if (pair) add(fold_case(text_of(pair->span), lang_), pair->span, pair->columns, TokenKind::pair);
    }

  private:
    void add(std::string exact, Span span, Columns columns, TokenKind kind) {
        if (exact.empty()) return;
        cut_to_token(exact);
        if (scanned_.tokens.empty()) {
            scanned_.tokens.reserve(some_tokens);
            scanned_.columns.reserve(some_tokens);
        }
        Token& token = scanned_.tokens.emplace_back();
        token.folded = without_accents(exact);
        token.exact = std::move(exact);
        token.lang = "und";
        token.span = span;
        token.position = position_;
        token.kind = kind;
        scanned_.columns.push_back(columns);
    }

    static constexpr std::size_t border_apart = 100, some_tokens = 8;

    // Turkish and Azerbaijani fold these in their own way.
    static bool may_be_turkic(std::string_view word, std::string_view exact) {
        if (word.find('I') != std::string_view::npos || word.find("İ") != std::string_view::npos) return true;
        const bool number = exact.front() >= '0' && exact.front() <= '9';
        return number && word.find_first_not_of("0123456789.,") != std::string_view::npos;
    }

    // The language of a paragraph is asked for only where it makes a difference.
    void close_paragraph(std::size_t end) {
        if (unsure_.empty()) return;
        const std::string_view lang = paragraph_language(text_of({paragraph_, end}), lang_);
        for (const std::size_t i : unsure_) {
            Token& token = scanned_.tokens[i];
            token.exact = fold_case(text_of(token.span), lang);
            cut_to_token(token.exact);
            token.folded = without_accents(token.exact);
        }
        unsure_.clear();
    }

    std::string_view text_of(Span span) const { return utf8_.substr(span.begin, span.end - span.begin); }

    std::string_view utf8_, lang_;
    const Sieve& sieve_;
    Scanned scanned_;
    std::uint32_t position_ = 0;
    std::size_t paragraph_ = 0;
    std::vector<std::size_t> unsure_;  // tokens of this paragraph that its language may change
};

// Keeps every word, for what they look like.
class Placer {
  public:
    Placer(std::string_view utf8, std::vector<Placed>& placed) : utf8_(utf8), placed_(placed) {}

    static constexpr bool skips = false;
    static void skip(std::size_t) {}
    bool takes(Span span, std::size_t column, std::uint64_t) {
        placed_.push_back(
            {span, {column, column + (span.end - span.begin)}, false, begins_with_capital(span)});
        return true;
    }
    static bool wants_word(std::uint64_t) { return false; }
    static bool wants_character(char32_t) { return false; }
    static bool wants_beginnings() { return false; }
    static bool wants_beginning(std::uint64_t, std::size_t) { return false; }
    static void border(std::size_t, std::size_t) {}
    static void paragraph(std::size_t, std::size_t) {}

    void word(Span span, Columns columns, bool, bool plain) {
        const std::string_view word = utf8_.substr(span.begin, span.end - span.begin);
        if (!plain && fold_case(word, "und").empty()) return;
        placed_.push_back({span, columns, false, begins_with_capital(span)});
    }
    void character(Span span, Columns columns, char32_t, const std::optional<Placed>&) {
        placed_.push_back({span, columns, true, false});
    }

  private:
    bool begins_with_capital(Span span) const {
        if (const auto first = static_cast<unsigned char>(utf8_[span.begin]); first < 0x80)
            return first >= 'A' && first <= 'Z';
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8_.data());
        auto next = static_cast<std::int64_t>(span.begin);
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, next, static_cast<std::int64_t>(utf8_.size()), c);
        return c < 0x10000 && scan_tables().characters[static_cast<std::size_t>(c)].capital;
    }

    std::string_view utf8_;
    std::vector<Placed>& placed_;
};

// Columns where the scanner could not tell, from the words of a text or part.
class Ruler {
  public:
    explicit Ruler(std::string_view utf8) : utf8_(utf8) {}

    // Not before the last place asked for.
    std::size_t column_at(std::size_t to) {
        while (at_ < to) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8_.data());
            auto next = static_cast<std::int64_t>(at_);
            UChar32 c = 0;
            U8_NEXT_OR_FFFD(bytes, next, static_cast<std::int64_t>(utf8_.size()), c);
            const bool space = u_isUWhiteSpace(c);
            const auto bytes_of = static_cast<std::size_t>(next) - at_;
            column_ += space ? (in_space_ ? 0u : 1u) : display_width(utf8_.substr(at_, bytes_of));
            in_space_ = space;
            at_ += bytes_of;
        }
        return column_;
    }

  private:
    std::string_view utf8_;
    std::size_t at_ = 0, column_ = 0;
    bool in_space_ = false;
};

Scanned scan_all(std::string_view utf8, std::string_view lang) {
    Scanned scanned;
    scanned.tokens = analyze(utf8, lang);
    scanned.borders.push_back({});
    Ruler begins(utf8), ends(utf8);
    for (const Token& token : scanned.tokens) {
        const std::size_t begin = begins.column_at(token.span.begin);
        // A pair ends behind the character after it, which comes next.
        Ruler end = ends;
        scanned.columns.push_back({begin, end.column_at(token.span.end)});
        if (token.kind != TokenKind::pair) ends = end;
    }
    scanned.width = ends.column_at(utf8.size());
    return scanned;
}

std::vector<Placed> place_all(std::string_view utf8) {
    std::vector<Placed> placed;
    Ruler ruler(utf8);
    for (const Token& token : analyze(utf8, "und")) {
        if (token.kind == TokenKind::pair) continue;
        const std::size_t begin = ruler.column_at(token.span.begin);
        placed.push_back({token.span,
                          {begin, ruler.column_at(token.span.end)},
                          token.kind != TokenKind::word,
                          token.casing == Casing::capital || token.casing == Casing::start});
    }
    return placed;
}

}  // namespace

Scanned scan(std::string_view utf8, std::string_view lang, const Sieve& sieve) {
    const LanguageRules* const rules = find_language(lang);
    lang = rules == nullptr ? "und" : rules->code;
    Sifter sifter(utf8, lang, sieve);
    Scanner<Sifter> scanner(utf8, {0, utf8.size()}, sifter);
    scanner.run();
    // It may have stopped before what is ill-formed.
    const bool sound = scanner.told || (is_valid_utf8(utf8) && utf8.find('\0') == std::string_view::npos);
    if (!scanner.well_formed || !sound) {
        Scanned none;
        none.well_formed = false;
        return none;
    }
    if (!scanner.told) return scan_all(utf8, lang);
    Scanned scanned = sifter.take(scanner.end_of_words());
    scanned.width = scanner.column();
    return scanned;
}

std::vector<Placed> place_words(std::string_view utf8, Span part) {
    constexpr std::size_t bytes_a_word = 5;
    std::vector<Placed> placed;
    placed.reserve((part.end - part.begin) / bytes_a_word);
    Placer placer(utf8, placed);
    Scanner<Placer> scanner(utf8, part, placer);
    scanner.run();
    if (scanner.well_formed && scanner.told) return placed;
    placed = place_all(utf8.substr(part.begin, part.end - part.begin));
    for (Placed& word : placed) {
        word.span.begin += part.begin;
        word.span.end += part.begin;
    }
    return placed;
}

}  // namespace izde::text
