#include "text/segment.hpp"

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace izde::text {
namespace {

// The length of the character at `at`, at least 1.
std::size_t code_point_bytes(std::string_view utf8, std::size_t at) {
    std::int64_t i = static_cast<std::int64_t>(at);
    U8_FWD_1(reinterpret_cast<const std::uint8_t*>(utf8.data()), i, static_cast<std::int64_t>(utf8.size()));
    return static_cast<std::size_t>(i) - at;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// ICU joins "U.S", "т.б", "KZ4_2554"; a reader sees two words. "3.14" and "10:30" stay whole.
bool parts_words(std::string_view utf8, std::size_t at, Span word) {
    const char c = utf8[at];
    if (c == '_') return true;
    if (c != '.' && c != ':') return false;
    if (at == word.begin || at + 1 >= word.end) return true;
    return !(is_digit(utf8[at - 1]) && is_digit(utf8[at + 1]));
}

void add_word(std::string_view utf8, Span word, std::vector<Segment>& segments) {
    std::size_t begin = word.begin;
    for (std::size_t at = word.begin; at < word.end; ++at) {
        if (!parts_words(utf8, at, word)) continue;
        if (at > begin) segments.push_back({{begin, at}, false, true});
        begin = at + 1;
    }
    if (word.end > begin) segments.push_back({{begin, word.end}, false, true});
}

void add_characters(std::string_view utf8, Span word, std::vector<Segment>& segments) {
    for (std::size_t at = word.begin; at < word.end;) {
        const std::size_t end = std::min(word.end, at + code_point_bytes(utf8, at));
        segments.push_back({{at, end}, true, at == word.begin});
        at = end;
    }
}

void walk(std::string_view utf8, icu::BreakIterator& words, std::vector<Segment>& segments) {
    std::int32_t begin = words.first();
    for (std::int32_t end = words.next(); end != icu::BreakIterator::DONE; begin = end, end = words.next()) {
        const std::int32_t kind = words.getRuleStatus();
        if (kind < UBRK_WORD_NUMBER) continue;
        const Span word{static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
        if (kind >= UBRK_WORD_KANA)
            add_characters(utf8, word, segments);
        else
            add_word(utf8, word, segments);
    }
}

// ICU counts in 32 bits; nothing izde reads is that long, but any bytes may come.
constexpr std::size_t max_text_bytes = 1u << 30;

}  // namespace

std::vector<Segment> segment(std::string_view utf8) {
    utf8 = utf8.substr(0, max_text_bytes);
    std::vector<Segment> segments;
    segments.reserve(utf8.size() / 6);
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, utf8.data(), static_cast<std::int64_t>(utf8.size()), &status);
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_SUCCESS(status)) {
        words->setText(&text, status);
        walk(utf8, *words, segments);
    }
    utext_close(&text);
    return segments;
}

}  // namespace izde::text
