// segment → fold case → fold accents, for each word, paragraph by paragraph. Tested by analyze_test.cpp.
#include "izde/text/analyze.hpp"

#include <algorithm>
#include <span>

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/uvernum.h>
#include <xapian.h>

#include "izde/text/detect.hpp"
#include "izde/text/language.hpp"

#include "text/ascii_word.hpp"
#include "text/fold.hpp"
#include "text/segment.hpp"

namespace izde::text {
namespace {

// Raised with every change to what analyze(), Stemmer and names::name_keys() return.
constexpr int rules_version = 8;

// Whether a sentence goes on over what stands between two words.
bool goes_on(std::string_view between) {
    return std::ranges::all_of(
        between, [](char c) { return c == ' ' || c == ',' || c == '-' || c == '\'' || c == '\n'; });
}

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

UChar32 first_letter(std::string_view word) {
    if (const auto byte = static_cast<unsigned char>(word.front()); byte < 0x80) return byte;
    std::int32_t next = 0;
    UChar32 first = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(word.data()), next,
                    static_cast<std::int32_t>(word.size()), first);
    return first;
}

Casing casing_of(std::string_view word, bool mid_sentence) {
    const UChar32 letter = first_letter(word);
    if (letter >= 'a' && letter <= 'z') return Casing::lower;
    if (letter < 'A') return Casing::none;
    if (u_isULowercase(letter)) return Casing::lower;
    if (!u_isUUppercase(letter) && !u_istitle(letter)) return Casing::none;
    return mid_sentence ? Casing::capital : Casing::start;
}

// Tokens name a language by a code that outlives them.
std::string_view lasting(std::string_view lang) {
    const LanguageRules* const rules = find_language(lang);
    return rules == nullptr ? "und" : rules->code;
}

class Analysis {
  public:
    Analysis(std::string_view utf8, std::string_view lang)
        : utf8_(utf8), lang_(lasting(lang)), of_text_(lang_), segments_(segment(utf8)) {}

    std::vector<Token> run() {
        tokens_.reserve(segments_.size() + segments_.size() / 8 + 1);
        add_all();
        tokens_.resize(count_);
        return std::move(tokens_);
    }

    void run(const TakeTokens& take) {
        take_ = &take;
        tokens_.reserve(std::min(segments_.size() + segments_.size() / 8 + 1, handed_over_at + 2));
        add_all();
        if (count_ > 0) hand_over();
    }

  private:
    static constexpr std::size_t handed_over_at = 512;

    // How the words of a paragraph are read.
    struct Reading {
        explicit Reading(std::string_view in)
            : lang(in), rules(find_language(in)), latin(rules != nullptr && rules->script == Script::latin),
              turkic(has_dotless_i(in)) {}

        bool may_have(std::string_view word) const {
            if (latin && is_ascii_letter(word.front())) return true;
            return rules != nullptr && may_be_word_of(word, *rules);
        }

        std::string_view lang;
        const LanguageRules* rules;
        bool latin;
        bool turkic;  // I is no capital i
    };

    void add_all() {
        for (std::size_t begin = 0; begin < segments_.size();) {
            const std::size_t end = paragraph_end(begin);
            add_paragraph(begin, end);
            position_ += paragraph_gap;
            begin = end;
        }
    }

    std::size_t paragraph_end(std::size_t begin) const {
        std::size_t end = begin + 1;
        while (end < segments_.size() && !ends_paragraph(before(end))) ++end;
        return end;
    }

    // What stands between a segment and the one before it.
    std::string_view before(std::size_t i) const {
        const std::size_t begin = segments_[i - 1].span.end;
        return utf8_.substr(begin, segments_[i].span.begin - begin);
    }

    void add_paragraph(std::size_t begin, std::size_t end) {
        const Span whole{segments_[begin].span.begin, segments_[end - 1].span.end};
        const Reading reading(paragraph_language(text_of(whole), lang_));
        for (std::size_t i = begin; i < end; ++i) {
            if (!segments_[i].unspaced)
                add_word(segments_[i].span, reading, i > begin && goes_on(before(i)));
            else
                add_character(segments_[i].span, i + 1 < end ? &segments_[i + 1] : nullptr);
            if (take_ != nullptr && count_ >= handed_over_at) hand_over();
        }
    }

    void hand_over() {
        (*take_)(std::span(tokens_).first(count_));
        count_ = 0;
    }

    void add_word(Span span, const Reading& reading, bool mid_sentence) {
        Token* const token = add(span, reading, TokenKind::word);
        if (token == nullptr) return;
        const std::string_view word = text_of(span);
        if (reading.may_have(word)) token->lang = reading.lang;
        token->casing = casing_of(word, mid_sentence);
        token->position = ++position_;
    }

    void add_character(Span span, const Segment* next) {
        ++position_;
        add_unspaced(span, TokenKind::character);
        if (next != nullptr && next->unspaced && next->span.begin == span.end)
            add_unspaced({span.begin, next->span.end}, TokenKind::pair);
    }

    void add_unspaced(Span span, TokenKind kind) {
        Token* const token = add(span, of_text_, kind);
        if (token != nullptr) token->position = position_;
    }

    // Some characters fold to nothing (a lone soft hyphen); there is no word to find then.
    Token* add(Span span, const Reading& reading, TokenKind kind) {
        if (count_ == tokens_.size()) tokens_.emplace_back();
        Token& token = tokens_[count_];
        if (!is_plainly_folded(span, reading, token.exact)) {
            token.exact = fold_case(text_of(span), reading.lang);
            cut_to_token(token.exact);
            if (token.exact.empty()) return nullptr;
        }
        if (take_ == nullptr) token.folded = without_accents(token.exact);
        token.lang = "und";
        token.span = span;
        token.kind = kind;
        token.casing = Casing::none;
        ++count_;
        return &token;
    }

    bool is_plainly_folded(Span span, const Reading& reading, std::string& exact) const {
        return !reading.turkic && span.begin + 2 * eight::size <= utf8_.size() &&
               small_ascii(utf8_.data() + span.begin, span.end - span.begin, exact);
    }

    std::string_view text_of(Span span) const { return utf8_.substr(span.begin, span.end - span.begin); }

    std::string_view utf8_, lang_;
    Reading of_text_;
    std::vector<Segment> segments_;
    std::vector<Token> tokens_;  // those handed over are written anew
    std::size_t count_ = 0;      // of them
    std::uint32_t position_ = 0;
    const TakeTokens* take_ = nullptr;
};

}  // namespace

std::vector<Token> analyze(std::string_view utf8, std::string_view lang) {
    return Analysis(utf8, lang).run();
}

void analyze(std::string_view utf8, std::string_view lang, const TakeTokens& take) {
    Analysis(utf8, lang).run(take);
}

std::string without_accents(std::string_view exact) {
    std::string folded = fold_accents(exact);
    cut_to_token(folded);
    return folded;
}

std::string fingerprint() {
    return "izde-text/" + std::to_string(rules_version) +
           " icu/" U_ICU_VERSION " unicode/" U_UNICODE_VERSION " xapian/" + Xapian::version_string();
}

}  // namespace izde::text
