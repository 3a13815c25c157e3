// Runs of Han and Kana are cut here, and ICU sees only what stands between them: looking each of
// them up in its dictionary would take most of the time of analysis. Words of the commonest letters are cut
// here as well, by ICU's rules but much faster (borders.hpp). Tested by analyze_test.cpp, borders_test.cpp.
#include "text/segment.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "izde/text/analyze.hpp"

#include "text/ascii_word.hpp"
#include "text/borders.hpp"

namespace izde::text {
namespace {

// ICU counts in 32 bits; nothing izde reads is that long, but any bytes may come.
constexpr std::size_t max_text_bytes = 1u << 30;

struct CodePoint {
    UChar32 value = 0;
    std::size_t bytes = 1;
};

CodePoint code_point_at(std::string_view utf8, std::size_t at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    auto next = static_cast<std::int32_t>(at);
    UChar32 value = 0;
    U8_NEXT_OR_FFFD(bytes, next, static_cast<std::int32_t>(utf8.size()), value);
    return {value, static_cast<std::size_t>(next) - at};
}

// Han and Kana letters, whose lowest lead byte in UTF-8 is 0xE2.
constexpr unsigned char lowest_lead = 0xE2;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// ICU joins "U.S", "т.б", "KZ4_2554", "user@example" and what a narrow space parts; a reader sees two
// words. "3.14" stays whole. Gives the bytes of the sign between the words, 0 inside one.
std::size_t parts_words(std::string_view utf8, std::size_t at, Span word) {
    constexpr std::string_view narrow_space = "\u202F";
    const char c = utf8[at];
    if (c == '_' || c == '@') return 1;
    if (c == narrow_space.front() && utf8.substr(at).starts_with(narrow_space)) return narrow_space.size();
    if (c != '.' && c != ':') return 0;
    if (at == word.begin || at + 1 >= word.end) return 1;
    return is_digit(utf8[at - 1]) && is_digit(utf8[at + 1]) ? 0 : 1;
}

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "C++", "C#": signs that make another word of a letter.
std::size_t signs_after(std::string_view utf8, Span word) {
    if (word.end - word.begin != 1 || !is_ascii_letter(utf8[word.begin])) return 0;
    const std::string_view next = utf8.substr(word.end);
    const std::size_t signs = next.starts_with("++") ? 2 : next.starts_with("#") ? 1 : 0;
    return signs < next.size() && is_ascii_letter(next[signs]) ? 0 : signs;
}

// Bytes of a word with such apostrophes; each looks at the whole word again.
constexpr std::size_t longest_joined = 256;

// "Xi`an", "Xi´an", "Xi′an" as people type it; ICU knows only the other apostrophes.
bool is_typed_apostrophe(std::string_view between) {
    return between == "`" || between == "´" || between == "′";
}

class Segmenter {
  public:
    explicit Segmenter(std::string_view utf8) : utf8_(utf8) { segments_.reserve(utf8.size() / 5 + 1); }
    ~Segmenter() { utext_close(&text_); }

    std::vector<Segment> run() {
        std::size_t spaced = 0;  // where what stands between two runs begins
        for (std::size_t at = 0; at < utf8_.size();) {
            if (static_cast<unsigned char>(utf8_[at]) < lowest_lead) {
                at += is_ascii_block(at) ? eight::size : 1;
                continue;
            }
            const CodePoint c = code_point_at(utf8_, at);
            if (!is_unspaced(c.value)) {
                at += c.bytes;
                continue;
            }
            add_words({spaced, at});
            at = spaced = add_run(at);
        }
        add_words({spaced, utf8_.size()});
        return std::move(segments_);
    }

  private:
    bool is_ascii_block(std::size_t at) const {
        return at + eight::size <= utf8_.size() && !eight::any(eight::load(utf8_.data() + at));
    }

    // Characters with the marks that belong to them; gives where the run ends.
    std::size_t add_run(std::size_t at) {
        while (at < utf8_.size()) {
            const CodePoint c = code_point_at(utf8_, at);
            if (is_unspaced(c.value))
                add({at, at + c.bytes}, true);
            else if (u_charType(c.value) == U_NON_SPACING_MARK)
                segments_.back().span.end = at + c.bytes;
            else
                break;
            at += c.bytes;
        }
        return at;
    }

    bool has_letters(Span stretch) const {
        for (std::size_t at = stretch.begin; at < stretch.end;) {
            const CodePoint c = code_point_at(utf8_, at);
            if (u_isalnum(c.value)) return true;
            at += c.bytes;
        }
        return false;
    }

    void add_words(Span stretch) {
        if (!has_letters(stretch)) return;
        for (std::size_t at = stretch.begin; at < stretch.end;) {
            at = add_ascii_words(at);
            if (at >= stretch.end) break;
            const std::size_t known = segments_.size();
            PlainWords words(utf8_, at, stretch.end);
            Span word;
            auto found = words.next(word);
            for (; found == PlainWords::Found::word; found = words.next(word))
                words.has_signs() ? add_word(word) : add_part(word);
            if (found == PlainWords::Found::end) {
                at = words.at();
                continue;
            }
            segments_.resize(known);
            const std::size_t settled = settled_after(utf8_, at, stretch.end);
            // The space before may have a mark behind it.
            add_words_by_icu({at > stretch.begin ? at - 1 : at, settled});
            at = settled;
        }
    }

    // Most of most texts in Latin letters. Gives where the first other one begins.
    std::size_t add_ascii_words(std::size_t at) {
        while (at + AsciiWord::looked_at <= utf8_.size()) {
            const AsciiWord word = ascii_word(utf8_.data() + at);
            if (word.bytes == 0) break;
            add({at, at + word.bytes}, false);
            at += word.bytes + word.gap;
        }
        return at;
    }

    void add_words_by_icu(Span stretch) {
        UErrorCode status = U_ZERO_ERROR;
        utext_openUTF8(&text_, utf8_.data() + stretch.begin,
                       static_cast<std::int64_t>(stretch.end - stretch.begin), &status);
        icu::BreakIterator* const words = breaks();
        if (words == nullptr) return;
        words->setText(&text_, status);
        if (U_FAILURE(status)) return;
        Span last;               // the word of letters before, if there is one
        std::size_t before = 0;  // the segments before that
        std::int32_t begin = words->first();
        for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE;
             begin = end, end = words->next()) {
            const std::int32_t kind = words->getRuleStatus();
            if (kind < UBRK_WORD_NUMBER) continue;
            Span word{stretch.begin + static_cast<std::size_t>(begin),
                      stretch.begin + static_cast<std::size_t>(end)};
            const bool letters = kind >= UBRK_WORD_LETTER;
            if (letters && last.end > 0 && word.end - last.begin <= longest_joined &&
                is_typed_apostrophe(utf8_.substr(last.end, word.begin - last.end))) {
                segments_.resize(before);
                word.begin = last.begin;
            }
            before = segments_.size();
            add_word(word);
            last = letters ? word : Span{};
        }
    }

    void add_word(Span word) {
        std::size_t begin = word.begin;
        for (std::size_t at = word.begin; at < word.end;) {
            const std::size_t sign = parts_words(utf8_, at, word);
            if (sign > 0 && at > begin) add({begin, at}, false);
            at += std::max<std::size_t>(sign, 1);
            if (sign > 0) begin = at;
        }
        if (word.end > begin) add_part({begin, word.end});
    }

    void add_part(Span part) { add({part.begin, part.end + signs_after(utf8_, part)}, false); }

    void add(Span span, bool unspaced) {
        const Segment segment{span, unspaced};
        segments_.push_back(segment);
    }

    // Copies one that is never used itself: reading the rules takes longer than most texts. A copy a thread
    // is kept, since each asks anew which letters the script has of those that no dictionary knows, as Hangul
    // is; of scripts as they come here, one is known or not as a whole, so it tells the same of every text.
    static icu::BreakIterator* breaks() {
        static const std::unique_ptr<const icu::BreakIterator> original = [] {
            UErrorCode status = U_ZERO_ERROR;
            return std::unique_ptr<const icu::BreakIterator>(
                icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        }();
        thread_local const std::unique_ptr<icu::BreakIterator> copy(original ? original->clone() : nullptr);
        return copy.get();
    }

    std::string_view utf8_;
    UText text_ = UTEXT_INITIALIZER;
    std::vector<Segment> segments_;
};

}  // namespace

bool has_blank_line(std::string_view between) {
    const std::size_t first = between.find('\n');
    if (first == std::string_view::npos) return false;
    for (const char c : between.substr(first + 1)) {
        if (c == '\n') return true;
        if (c != ' ' && c != '\t' && c != '\r') return false;
    }
    return false;
}

std::vector<Segment> segment(std::string_view utf8) {
    return Segmenter(utf8.substr(0, max_text_bytes)).run();
}

std::vector<Span> dictionary_words(std::string_view run) {
    std::vector<Span> found;
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, run.data(), static_cast<std::int64_t>(run.substr(0, max_text_bytes).size()),
                   &status);
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_SUCCESS(status)) {
        words->setText(&text, status);
        std::int32_t begin = words->first();
        for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE;
             begin = end, end = words->next())
            found.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    }
    utext_close(&text);
    return found;
}

}  // namespace izde::text
