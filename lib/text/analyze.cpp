// segment → fold case → stem → fold accents, for each word. Tested by analyze_test.cpp.
#include "izde/text/analyze.hpp"

#include <unicode/uchar.h>
#include <unicode/uvernum.h>
#include <xapian.h>

#include "text/fold.hpp"
#include "text/segment.hpp"
#include "text/stem.hpp"

namespace izde::text {
namespace {

// Raised with every change to what analyze() returns.
constexpr int rules_version = 2;

// A phrase does not reach over the end of a paragraph.
constexpr std::uint32_t paragraph_gap = 32;

void cut(std::string& word) {
    if (word.size() <= max_token_bytes) return;
    std::size_t end = max_token_bytes;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    word.resize(end);
}

// A blank line parts paragraphs; a single line end may be nothing but a wrapped line.
bool ends_paragraph(std::string_view between) {
    const std::size_t first = between.find('\n');
    if (first == std::string_view::npos) return false;
    for (const char c : between.substr(first + 1)) {
        if (c == '\n') return true;
        if (c != ' ' && c != '\t' && c != '\r') return false;
    }
    return false;
}

class Analysis {
  public:
    Analysis(std::string_view utf8, std::string_view lang) : utf8_(utf8), lang_(lang), stemmer_(lang) {}

    std::vector<Token> run() {
        const std::vector<Segment> segments = segment(utf8_);
        tokens_.reserve(segments.size());
        for (std::size_t i = 0; i < segments.size(); ++i) {
            if (ends_paragraph(utf8_.substr(last_end_, segments[i].span.begin - last_end_)))
                position_ += paragraph_gap;
            last_end_ = segments[i].span.end;
            const bool paired = segments[i].unspaced && i + 1 < segments.size() && segments[i + 1].unspaced &&
                                segments[i + 1].span.begin == segments[i].span.end;
            if (!segments[i].unspaced)
                add_word(segments[i]);
            else
                add_character(segments[i], paired ? &segments[i + 1] : nullptr);
        }
        return std::move(tokens_);
    }

  private:
    void add_word(const Segment& word) {
        const std::string known = fold_case(text_of(word.span), lang_);
        Token token{
            fold_accents(known), fold_accents(stemmer_.stem(known)), word.span, 0, TokenKind::word, true};
        add(std::move(token), ++position_);
    }

    void add_character(const Segment& character, const Segment* next) {
        const auto token = [&](Span span, TokenKind kind) {
            std::string folded = fold_accents(fold_case(text_of(span), lang_));
            return Token{folded, folded, span, 0, kind, character.starts_word};
        };
        ++position_;
        add(token(character.span, TokenKind::character), position_);
        if (next != nullptr) add(token({character.span.begin, next->span.end}, TokenKind::pair), position_);
    }

    // Some characters fold to nothing (a lone soft hyphen); there is no word to find then.
    void add(Token token, std::uint32_t position) {
        if (token.folded.empty()) return;
        if (token.stem.empty()) token.stem = token.folded;
        cut(token.folded);
        cut(token.stem);
        token.position = position;
        tokens_.push_back(std::move(token));
    }

    std::string_view text_of(Span span) const { return utf8_.substr(span.begin, span.end - span.begin); }

    std::string_view utf8_, lang_;
    Stemmer stemmer_;
    std::vector<Token> tokens_;
    std::uint32_t position_ = 0;
    std::size_t last_end_ = 0;
};

}  // namespace

std::vector<Token> analyze(std::string_view utf8, std::string_view lang) {
    return Analysis(utf8, lang).run();
}

std::string fingerprint() {
    return "izde-text/" + std::to_string(rules_version) +
           " icu/" U_ICU_VERSION " unicode/" U_UNICODE_VERSION " xapian/" + Xapian::version_string();
}

}  // namespace izde::text
